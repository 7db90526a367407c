// Commands that change records, and the server, killed at any moment: the records are as they were or as they should become,
// the command can be given again, and the record of reading is whole.
//
//   node tests/faults/kills.mjs [--seed 1] [--tries 200] [--database sqlite|postgresql] [--only COMMAND] PROGRAM
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Cluster } from './postgresql.mjs';
import { AUTHORITY, Program, ask, digest, pause, seeded } from './program.mjs';

const { values: given, positionals: [program] } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' }, tries: { type: 'string', default: '200' },
    database: { type: 'string', default: 'sqlite' }, only: { type: 'string', default: '' },
  },
});
const random = seeded(Number(given.seed));
const CHILDREN = 60;

const cluster = given.database === 'postgresql' ? await Cluster.start() : undefined;
if (given.database === 'postgresql' && !cluster) {
  console.error('SKIPPED: kills on PostgreSQL. There is none on this machine.');
  process.exit(0);
}
const work = mkdtempSync(join(tmpdir(), 'kills-'));
const data = join(work, 'data');
const settings = {
  // Nobody has to be sent elsewhere before it stops.
  LOOKEDAFTER_STOP_DELAY_SECONDS: '0',
  ...(cluster && { DATABASE_URL: cluster.url('records_api'), DATABASE_OWNER_URL: cluster.url('records_owner') }),
};
const records = new Program(resolve(program), data, settings);
const returns = join(work, 'returns');
const problems = [];

// A state of records that can be gone back to: the data folder, and a copy of the database.
const keep = (name) => {
  cpSync(data, join(work, name), { recursive: true, preserveTimestamps: true });
  cluster?.sql(`CREATE DATABASE "${name}" TEMPLATE records OWNER records_owner`);
};
const back_to = (name) => {
  rmSync(data, { recursive: true, force: true });
  cpSync(join(work, name), data, { recursive: true, preserveTimestamps: true });
  cluster?.sql(`DROP DATABASE records WITH (FORCE)`);
  cluster?.sql(`CREATE DATABASE records TEMPLATE "${name}" OWNER records_owner`);
};

const lists = ['leavers', 'leaver_contacts', 'carers', 'placement_links'];
const year = (ending) => ['import', 'ssda903', join(returns, `${ending - 1}-${String(ending).slice(2)}`), '--authority', AUTHORITY, '--year-ending', String(ending)];
let token;

function prepare() {
  records.make_folder();
  keep('nothing');
  records.run('migrate');
  records.run('synthesise', '--authority', AUTHORITY, '--children', String(CHILDREN), '--from', '2020-04-01', '--to', '2023-03-31', '--out', returns);
  for (const list of lists) records.run('import', list, join(returns, `${list}.csv`), '--authority', AUTHORITY, '--up-to', '2023-03-31');
  records.run(...year(2021));
  records.run(...year(2022));
  token = records.run('token', '--role', 'data_steward', '--authority', AUTHORITY, '--minutes', '90').trim();
  keep('before');
  records.run(...year(2023));
  keep('loaded');
}

const latest = () => records.run('import', 'list').match(/^\d+/m)[0];
const child = () => `INV${String(1 + Math.floor(random() * CHILDREN)).padStart(6, '0')}`;
const erasing = (who) => ['erase', who, '--authority', AUTHORITY, '--reason', 'past retention'];

// What is killed: where it begins, the command, and what is looked at besides the state.
const COMMANDS = {
  import: { from: 'before', command: () => year(2023) },
  undo: { from: 'loaded', command: () => ['import', 'undo', latest()] },
  erase: { from: 'loaded', command: () => erasing(child()), leaves_nothing: true },
  migrate: { from: 'nothing', command: () => ['migrate'], is_new: true },
};

const state = async () => {
  const server = await records.serve();
  try {
    return await digest(server.port, token);
  } finally {
    server.kill('SIGTERM');
    await server.ended;
  }
};

const run = (args, after) =>
  new Promise((done) => {
    const began = performance.now();
    const command = spawn(records.program, args, { cwd: data, env: records.env, stdio: 'ignore' });
    const timer = after === undefined ? undefined : setTimeout(() => command.kill('SIGKILL'), after);
    command.on('exit', (status, signal) => { clearTimeout(timer); done({ status, was_killed: signal === 'SIGKILL', ms: performance.now() - began }); });
  });

// Whether a text stands in any file of the records.
const stands_somewhere = (text) => {
  const files = readdirSync(data).map((name) => readFileSync(join(data, name)));
  if (cluster) files.push(Buffer.from(cluster.run('pg_dump', '-h', '127.0.0.1', '-p', String(cluster.port), '-U', 'postgres', 'records')));
  return files.some((bytes) => bytes.includes(text));
};

async function kill_a_command(name, told) {
  const { from, command, is_new, leaves_nothing } = COMMANDS[name];
  const look = is_new ? () => records.run('migrate', 'status') : state;
  back_to(from);
  const args = command();
  // Once to the end, to know how long it takes and what it comes to.
  const before = await look();
  const { ms } = await run(args);
  const after = await look();
  hold(leaves_nothing || before !== after, `${name}: changes nothing that can be seen`);
  back_to(from);
  const killed = await run(args, random() * ms * 1.05);
  told[killed.was_killed ? 'killed' : 'ended before'] += 1;
  const found = await look();
  told[found === after ? 'as it should become' : 'as it was'] += 1;
  hold(found === before || found === after, `${name}: neither as it was nor as it should become`);
  if (found !== after) await run(args);
  hold((await look()) === after, `${name}: given again it does not come to the same`);
  if (leaves_nothing) {
    const server = await records.serve();
    server.kill('SIGTERM');
    await server.ended;
    hold(!stands_somewhere(args[1]), `${name}: the identifier is still in a file`);
  }
  if (!is_new) verified();
}

// Every answered request is in the record of reading, also where the server was killed.
async function kill_the_server(told) {
  back_to('loaded');
  const server = await records.serve();
  const recorded = () => Number(verified().match(/\d+/)[0]);
  const before = recorded();
  let [answered, goes_on] = [0, true];
  const client = async () => {
    while (goes_on) {
      const { status } = await ask(server.port, { body: JSON.stringify({ query: '{ viewer { role } }' }), token });
      answered += status === 200 ? 1 : 0;
    }
  };
  const clients = Array.from({ length: 8 }, client);
  await pause(200 + random() * 800);
  server.kill('SIGKILL');
  await server.ended;
  goes_on = false;
  await Promise.all(clients);
  told.killed += 1;
  told.answered = (told.answered ?? 0) + answered;
  hold(recorded() - before >= answered, `serve: ${answered} answered, ${recorded() - before} recorded`);
}

const verified = () => {
  try {
    return records.run('audit', 'verify');
  } catch (error) {
    problems.push(`the record of reading is not whole: ${error.stdout}${error.stderr}`);
    return '0';
  }
};
const hold = (fact, what) => { if (!fact) problems.push(what); };

try {
  prepare();
  const names = [...Object.keys(COMMANDS), 'serve'].filter((name) => name.includes(given.only));
  const told = Object.fromEntries(names.map((name) => [name, { tries: 0, killed: 0, 'ended before': 0, 'as it was': 0, 'as it should become': 0 }]));
  for (let turn = 0; turn < Number(given.tries); turn++) {
    const name = names[turn % names.length];
    told[name].tries += 1;
    await (name === 'serve' ? kill_the_server(told[name]) : kill_a_command(name, told[name]));
  }
  for (const [command, counts] of Object.entries(told)) console.log(JSON.stringify({ database: given.database, command, ...counts }));
} finally {
  cluster?.end();
  rmSync(work, { recursive: true, force: true });
}
for (const problem of problems) console.error(`kills: ${problem}`);
if (problems.length > 0) process.exit(1);
console.log('kills: good');
process.exit(0);
