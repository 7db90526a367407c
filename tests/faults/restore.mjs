// Backups that are made while others ask and import, each restored elsewhere: the answers to the operations of the contract are
// equal, the audit records are whole, nothing is damaged, and a backup with another byte is refused.
//
//   node tests/faults/restore.mjs [--seed 1] [--count 20] [--database sqlite|postgresql|both] PROGRAM
import { execFile, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { serving } from '../serving.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values: given, positionals: [named] } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '20' },
    database: { type: 'string', default: 'both' },
  },
});
const program = resolve(named);
const HARROW = 'E09000015';
const BRENT = 'E09000005';
const ROLES = ['analyst', 'data_steward'];

// Numbers that look random, the same for the same seed.
let state = Number(given.seed) >>> 0;
const random = () => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const operations = readdirSync(join(here, '../api/operations')).map((name) => ({
  name,
  query: readFileSync(join(here, '../api/operations', name), 'utf8'),
}));
const variables = {
  period: '2023-24-Q2', indicator: 'cla_number', by: 'GENDER', on: '2023-06-30', first: 20,
  indicators: ['cla_number', 'dental_checks_pct'], from: '2022-23-Q1', to: '2023-24-Q2',
};

// Runs the program to its end: its status and what it printed.
const run = (place, ...args) =>
  new Promise((done) => {
    const env = { PATH: process.env.PATH, LOOKEDAFTER_DATA: place.data, ...place.settings };
    execFile(program, args, { cwd: place.folder, env, maxBuffer: 1 << 26 }, (error, out, told) =>
      done({ status: error ? (error.code ?? 1) : 0, out: out.trim(), told: told.trim() }));
  });
const must = async (place, ...args) => {
  const ended = await run(place, ...args);
  if (ended.status !== 0) throw new Error(`${args.join(' ')}: ${ended.told} ${ended.out}`);
  return ended.out;
};

const ask = async (url, token, { query }, authority) => {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-purpose': 'performance-monitoring' },
    body: JSON.stringify({ query, variables: { ...variables, authority } }),
  });
  const { data, errors } = await answer.json();
  return { status: answer.status, data, errors };
};

// All answers about an authority, as one text; the tokens of the first server hold for its copies.
const answers = async (url, tokens, authority) => {
  const all = [];
  for (const role of ROLES) for (const operation of operations) {
    const { data, errors } = await ask(url, tokens[role][authority], operation, authority);
    all.push(`${role} ${operation.name} ${JSON.stringify({ data, errors })}`);
  }
  return all;
};
// An erasure that is done again has another time, which stands in how far figures are known and in their digest.
const timeless = (line) => line.replace(/"(asKnownOn|digest)":"[^"]*"/g, '"$1":""');
const difference = (one, other) => one.find((line, n) => line !== other[n])?.slice(0, 300);

const invent = async (place) => {
  for (const [authority, children, folder] of [[HARROW, 60, 'harrow'], [BRENT, 30, 'brent']]) {
    await must(place, 'synthesise', '--authority', authority, '--children', String(children), '--from', '2022-04-01', '--to',
      '2023-09-30', '--out', folder);
    await must(place, 'import', 'ssda903', `${folder}/2022-23`, '--authority', authority, '--year-ending', '2023');
    await must(place, 'import', 'carers', `${folder}/carers.csv`, '--authority', authority, '--up-to', '2023-09-30');
  }
  const last = ['--year-ending', '2024', '--up-to', '2023-09-30'];
  await must(place, 'import', 'ssda903', 'harrow/2023-24', '--authority', HARROW, ...last);
};

// The machine's own PostgreSQL in a folder of its own, with the logins of docs/running.md and docs/backup.md.
const postgres = async (work) => {
  const root = '/usr/lib/postgresql';
  const bin = join(root, readdirSync(root).sort((a, b) => b - a)[0], 'bin');
  const folder = join(work, 'server');
  mkdirSync(folder);
  const isRoot = process.getuid() === 0;
  if (isRoot) chownSync(folder, 65534, 65534);
  const as = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'] : ['env'];
  const call = (name, ...args) =>
    new Promise((done, failed) => execFile(as[0], [...as.slice(1), join(bin, name), ...args], { cwd: '/' },
      (error, out) => (error ? failed(error) : done(out))));
  await call('initdb', '--no-sync', '--auth=trust', '-U', 'postgres', '-D', join(folder, 'data'));
  const port = await new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
  const server = spawn(as[0], [...as.slice(1), join(bin, 'postgres'), '-D', join(folder, 'data'), '-p', String(port), '-k', folder,
    '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'], { cwd: '/', stdio: 'ignore' });
  const sql = (text) => call('psql', '-qAt', '-v', 'ON_ERROR_STOP=1', '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres',
    '-c', text, 'postgres');
  for (let tries = 0; ; tries++) {
    try { await sql('SELECT 1'); break; } catch (error) { if (tries > 300) throw error; await sleep(100); }
  }
  for (const role of ['owner LOGIN CREATEROLE', 'api LOGIN NOINHERIT', 'backup LOGIN BYPASSRLS IN ROLE pg_read_all_data']) {
    await sql(`CREATE ROLE lookedafter_${role}`);
  }
  const settings = async (name) => {
    await sql(`CREATE DATABASE ${name} OWNER lookedafter_owner`);
    const url = (login) => `postgres://lookedafter_${login}@127.0.0.1:${port}/${name}`;
    return { DATABASE_URL: url('api'), DATABASE_OWNER_URL: url('owner'), DATABASE_BACKUP_URL: url('backup') };
  };
  return { settings, drop: (name) => sql(`DROP DATABASE ${name} WITH (FORCE)`), stop: () => server.kill('SIGQUIT') };
};

// Others who ask and import until they are told to stop; how often they did.
const load = (place, url, tokens) => {
  const done = { asked: 0, imports: 0, failed: [] };
  let goesOn = true;
  const asking = async () => {
    while (goesOn) {
      const role = ROLES[Math.floor(Math.random() * ROLES.length)];
      const authority = Math.random() < 0.7 ? HARROW : BRENT;
      const { status } = await ask(url, tokens[role][authority], operations[Math.floor(Math.random() * operations.length)], authority);
      if (status === 200) done.asked++;
      else done.failed.push(status);
    }
  };
  const importing = async () => {
    const args = ['import', 'ssda903', 'brent/2023-24', '--authority', BRENT, '--year-ending', '2024', '--up-to', '2023-09-30'];
    while (goesOn) {
      const { status, out, told } = await run(place, ...args);
      if (status !== 0) done.failed.push(told);
      const number = out.split('\n').at(-1);
      const undone = await run(place, 'import', 'undo', number);
      if (undone.status !== 0) done.failed.push(undone.told);
      done.imports += 2;
    }
  };
  const all = [asking(), asking(), asking(), asking(), importing()];
  return { done, stop: async () => { goesOn = false; await Promise.all(all); } };
};

const try_ = async (kind) => {
  const work = mkdtempSync(join(tmpdir(), 'lookedafter-restore-'));
  // PostgreSQL runs as somebody else where this runs as root.
  chmodSync(work, 0o711);
  const server = kind === 'postgresql' ? await postgres(work) : undefined;
  const placeOf = async (name) => {
    const folder = join(work, name);
    mkdirSync(folder, { mode: 0o700 });
    return { folder, data: join(folder, 'data'), settings: server ? await server.settings(name) : {} };
  };
  const failures = [];
  const took = { backup: [], restore: [] };
  try {
    const live = await placeOf('live');
    if (server) await must(live, 'migrate');
    await invent(live);
    const tokens = {};
    for (const role of ROLES) {
      tokens[role] = {};
      for (const authority of [HARROW, BRENT]) {
        tokens[role][authority] = await must(live, 'token', '--role', role, '--authority', authority, '--minutes', '90');
      }
    }
    const api = await serving(program, live.folder, { LOOKEDAFTER_DATA: live.data, LOOKEDAFTER_RATE_BURST: '4000000000',
      LOOKEDAFTER_RATE_PER_SECOND: '1000000000', ...live.settings });
    let expected = await answers(api.url, tokens, HARROW);
    const others = load(live, api.url, tokens);
    const children = readFileSync(join(live.folder, 'harrow/2022-23/header.csv'), 'utf8').split('\n').slice(1).map((line) => line.split(',')[0]);
    for (let round = 1; round <= Number(given.count); round++) {
      await sleep(random() * 1500);
      const file = join(work, 'backup.tar');
      let begun = Date.now();
      const made = await run(live, 'backup', file);
      took.backup.push(Date.now() - begun);
      if (made.status !== 0) { failures.push(`${round}: backup: ${made.told}`); continue; }
      // Every fourth time somebody is erased before the backup is restored, and the list has outlived the folder.
      const erased = round % 4 === 0 ? children.splice(Math.floor(random() * (children.length - 1)), 1)[0] : undefined;
      if (erased) await must(live, 'erase', erased, '--authority', HARROW, '--reason', 'asked');
      const there = await placeOf(`there_${round}`);
      const bytes = readFileSync(file);
      const place = Math.floor(random() * bytes.length);
      bytes[place] ^= 1 << Math.floor(random() * 8);
      writeFileSync(join(there.folder, 'flipped.tar'), bytes);
      if ((await run(there, 'restore', 'flipped.tar')).status !== 1) failures.push(`${round}: byte ${place} was not noticed`);
      if (erased) {
        mkdirSync(there.data, { recursive: true, mode: 0o700 });
        cpSync(join(live.data, 'withdrawals.jsonl'), join(there.data, 'withdrawals.jsonl'));
        // The running server notices an erasure within a second.
        await sleep(2000);
        expected = await answers(api.url, tokens, HARROW);
      }
      begun = Date.now();
      const restored = await run(there, 'restore', file);
      took.restore.push(Date.now() - begun);
      if (restored.status !== 0) { failures.push(`${round}: restore: ${restored.told}`); continue; }
      const copy = await serving(program, there.folder, { LOOKEDAFTER_DATA: there.data, ...there.settings });
      const found = (await answers(copy.url, tokens, HARROW)).map(erased ? timeless : String);
      const wanted = expected.map(erased ? timeless : String);
      if (difference(wanted, found)) failures.push(`${round}: another answer: ${difference(wanted, found)} ${difference(found, wanted)}`);
      await copy.stop();
      for (const [proof, word] of [[['audit', 'verify'], 'whole'], [['check'], 'sound']]) {
        const ended = await run(there, ...proof);
        if (ended.status !== 0 || !ended.out.includes(word)) failures.push(`${round}: ${proof.join(' ')}: ${ended.out} ${ended.told}`);
      }
      if (erased && (await run(there, 'audit', 'subject', erased, '--authority', HARROW)).status !== 1) failures.push(`${round}: an erased child is back`);
      took.bytes = statSync(file).size;
      rmSync(file);
      rmSync(there.folder, { recursive: true });
      if (server) await server.drop(`there_${round}`);
    }
    await others.stop();
    await api.stop();
    failures.push(...others.done.failed.map((told) => `others: ${told}`));
    const middle = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
    console.log(`${kind}: seed ${given.seed}, ${given.count} restores, ${failures.length} failures; meanwhile ${others.done.asked} requests and ` +
      `${others.done.imports} imports; backup ${middle(took.backup)} ms, restore ${middle(took.restore)} ms, ${took.bytes} bytes`);
  } finally {
    server?.stop();
    await sleep(300);
    rmSync(work, { recursive: true, force: true });
  }
  failures.forEach((failure) => console.error(`${kind}: ${failure}`));
  return failures.length;
};

let failed = 0;
for (const kind of given.database === 'both' ? ['sqlite', 'postgresql'] : [given.database]) failed += await try_(kind);
process.exit(failed > 0 ? 1 : 0);
