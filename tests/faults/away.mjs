// A database that is away or stuck, under load: down, restarted, locked, frozen, silent, without connections. Nothing hangs,
// everything that is not answered says so with 503, and answers come again as soon as the database does.
//
//   node tests/faults/away.mjs [--seed 1] [--slice] [--only WORD] [--report] PROGRAM
//
// With --slice the faults are short. With --report it measures and fails for nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { spawn } from 'node:child_process';
import { Cluster, Line, freePort } from './postgresql.mjs';
import { ASKED, AUTHORITY, MEDIA, Program, ask, codes, pause, seeded } from './program.mjs';

const { values: given, positionals: [program] } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' }, only: { type: 'string', default: '' },
    slice: { type: 'boolean', default: false }, report: { type: 'boolean', default: false },
  },
});
const random = seeded(Number(given.seed));
const CLIENTS = 12;
// The time limit of a request, and what a busy machine may add to any time.
const LIMIT = 10_000, READY = 1_000, RETURN = 2_000, COMMAND = 20_000, SLACK = 500;
const long = (seconds) => (given.slice ? Math.min(seconds, 6) : seconds);

const problems = [];
const hold = (fact, what) => { if (!fact) problems.push(what); };

// Asks without pause, by several who are signed in, and whether it is ready, until it is told to end.
function load(server, tokens) {
  const [answers, ready] = [[], []];
  let goes_on = true;
  const agent = new http.Agent({ keepAlive: true });
  const client = async (number) => {
    for (let turn = number; goes_on; turn++) {
      const [body, media, token] = [ASKED[turn % ASKED.length], MEDIA[turn % MEDIA.length], tokens[turn % tokens.length]];
      answers.push({ ...(await ask(server.port, { body, media, token, agent })), media });
      await pause(20 + random() * 40);
    }
  };
  const probe = async () => {
    while (goes_on) {
      ready.push(await ask(server.port, { path: '/health/ready' }));
      await pause(100);
    }
  };
  const all = Promise.all([...Array.from({ length: CLIENTS }, (_, number) => client(number)), probe()]);
  return { answers, ready, end: async () => { goes_on = false; await all; agent.destroy(); } };
}

const most = (all) => Math.round(Math.max(0, ...all.map(({ ms }) => ms)));
const good = ({ status, json }) => status === 200 && !json?.errors;

async function measure(name, server, tokens, fault, { is_away = true, returns = RETURN } = {}) {
  const { answers, ready, end } = load(server, tokens);
  await pause(1_500 + random() * 1_500);
  const before = answers.filter(good).length;
  const began = performance.now();
  const { until, back } = await fault();
  // What was asked while it was gone, but for the moment in which it went.
  const during = ready.filter((answer) => answer.began > began + 1_500 && answer.ended < until);
  for (let waited = 0; waited < 120_000 && !answers.some((answer) => good(answer) && answer.began > back); waited += 100) await pause(100);
  await pause(3_000);
  await end();
  const first = Math.min(...answers.filter((answer) => good(answer) && answer.ended > back).map(({ ended }) => ended - back));
  const faulty = answers.filter((answer) => !good(answer));
  const kinds = {};
  for (const answer of faulty) {
    const kind = `${answer.status || answer.error} ${[...new Set(codes(answer))].join('+')}`.trim();
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  const wrong = faulty.filter((answer) => !(answer.status === 503 && codes(answer).every((code) => code === 'UNAVAILABLE' || code === 'TIMEOUT')
    && Number(answer.headers['retry-after']) >= 1 && answer.headers['content-type'].startsWith(answer.media)));
  const told = { fault: name, asked: answers.length, good: answers.length - faulty.length, ...kinds, wrong: wrong.length,
    'longest ms': most(answers), 'ready longest ms': most(ready), 'ready 200 while away': during.filter(({ status }) => status === 200).length,
    'first success ms': Math.round(first) };
  console.log(JSON.stringify(told));
  hold(before > 0, `${name}: nothing was answered before`);
  hold(wrong.length === 0, `${name}: ${wrong.length} answers that are neither good nor 503 UNAVAILABLE with Retry-After`);
  hold(told['longest ms'] <= LIMIT + SLACK, `${name}: an answer took ${told['longest ms']} ms`);
  hold(told['ready longest ms'] <= READY + SLACK, `${name}: readiness took ${told['ready longest ms']} ms`);
  hold(!is_away || told['ready 200 while away'] === 0, `${name}: it said that it is ready`);
  hold(first <= returns + SLACK, `${name}: the first success came ${told['first success ms']} ms after the return`);
}

// A command while the database is away: what it says, and when it ends.
const command = (records, settings, ...args) =>
  new Promise((done) => {
    const began = performance.now();
    const run = spawn(records.program, args, { cwd: records.folder, env: { ...records.env, ...settings }, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    const limit = setTimeout(() => run.kill('SIGKILL'), 130_000);
    run.stderr.on('data', (text) => { said += text; });
    run.on('exit', (status) => { clearTimeout(limit); done({ command: args.slice(0, 2).join(' '), status, ms: Math.round(performance.now() - began), said: said.trim() }); });
  });

async function commands(name, records, settings = {}) {
  const of = ['--role', 'analyst', '--authority', AUTHORITY];
  const all = await Promise.all([
    command(records, settings, 'grant', 'list'), command(records, settings, 'import', 'list'), command(records, settings, 'token', ...of),
    command(records, settings, 'import', 'undo', '1'), command(records, settings, 'audit', 'verify'), command(records, settings, 'migrate', 'status'),
  ]);
  for (const ended of all) {
    console.log(JSON.stringify({ fault: name, ...ended }));
    hold(ended.status === 1, `${name}: ${ended.command} ended with ${ended.status}`);
    hold(ended.ms <= COMMAND + 3_000, `${name}: ${ended.command} took ${ended.ms} ms`);
    hold(/waiting for/.test(ended.said), `${name}: ${ended.command} does not say what it waits for`);
  }
}

const cluster = await Cluster.start();
if (!cluster) {
  console.error('SKIPPED: a database that is away. There is no PostgreSQL on this machine.');
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'away-data-'));
const settings = { DATABASE_URL: cluster.url('records_api'), DATABASE_OWNER_URL: cluster.url('records_owner') };
const records = new Program(resolve(program), folder, settings);
let server, line;
try {
  records.run('migrate');
  records.load(60);
  const token = (number) => records.run('token', '--role', 'data_steward', '--authority', AUTHORITY, '--subject', `steward${number}`).trim();
  const tokens = Array.from({ length: 4 }, (_, number) => token(number));
  server = await records.serve();

  const away = async (seconds, bring_back) => {
    await pause(seconds * 1_000);
    const until = performance.now();
    await bring_back();
    return { until, back: performance.now() };
  };
  const faults = [];
  for (const seconds of given.slice ? [5] : [5, 15, 45]) {
    faults.push([`down ${seconds} s`, () => { cluster.down(); return away(seconds, () => cluster.up()); }]);
  }
  for (const mode of ['fast', 'immediate']) {
    faults.push([`restarted (${mode})`, () => { cluster.down(mode); return away(0, () => cluster.up()); }, { is_away: false }]);
  }
  for (const table of ['"grant"', 'audit_entry', 'import', 'episode']) {
    const lock = async () => {
      const { let_go } = await cluster.hold(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
      return away(long(30), let_go);
    };
    faults.push([`${table} locked ${long(30)} s`, lock, { is_away: ['"grant"', 'audit_entry'].includes(table) }]);
  }
  faults.push([`frozen ${long(15)} s`, () => away(long(15), cluster.freeze())]);
  faults.push([`no connections ${long(15)} s`, () => away(long(15), cluster.refuse())]);
  for (const [name, fault, options] of faults.filter(([name]) => name.includes(given.only))) await measure(name, server, tokens, fault, options);

  if ('silent'.includes(given.only)) {
    server.kill('SIGTERM');
    await server.ended;
    line = await Line.to(cluster.port);
    server = await records.serve({ DATABASE_URL: cluster.url('records_api', line.port) });
    await measure(`silent ${long(15)} s`, server, tokens, () => away(long(15), line.silence()));
  }
  server.kill('SIGTERM');
  await server.ended;

  if ('commands'.includes(given.only)) {
    const nowhere = await freePort();
    await commands('commands, nobody listens', records, { DATABASE_URL: cluster.url('records_api', nowhere), DATABASE_OWNER_URL: cluster.url('records_owner', nowhere) });
    line ??= await Line.to(cluster.port);
    line.silence();
    await commands('commands, silent', records, { DATABASE_URL: cluster.url('records_api', line.port), DATABASE_OWNER_URL: cluster.url('records_owner', line.port) });
    const tables = ['"grant"', 'import', 'audit_entry', 'seaql_migrations'].join(', ');
    const { let_go } = await cluster.hold(`BEGIN; LOCK TABLE ${tables} IN ACCESS EXCLUSIVE MODE`);
    await commands('commands, locked', records);
    await let_go();
  }
  console.log(records.run('audit', 'verify').trim());
} finally {
  server?.kill('SIGKILL');
  line?.end();
  cluster.end();
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(`away: ${problem}`);
if (problems.length > 0 && !given.report) process.exit(1);
console.log(problems.length > 0 ? `away: ${problems.length} promises broken` : 'away: good');
process.exit(0);
