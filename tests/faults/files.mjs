// Wrong files at the addresses of ours, torn heads, a missing key, an erasure that is killed, a clock that is far ahead, and a
// change to the tables that is taken back.
//   node tests/faults/files.mjs [--seed 1] [--rounds 5] PROGRAM
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { AUTHORITY, Data, check, end, given, pause, temporary } from './commands.mjs';

const { program, seed, rounds, between } = given(5);
const work = temporary();
const returns = path.join(work, 'returns');
const original = new Data(program, path.join(work, 'original'), { LOOKEDAFTER_AUDIT_RESERVE_MIB: '1' });
original.synthesise(returns, 400, '2022-04-01', '2023-03-31');
check(original.import(returns, 2023).status === 0, 'the return is imported');
check(original.run(['audit', 'verify']).status === 0, 'the audit records are whole');
execFileSync('sqlite3', [original.file('lookedafter.sqlite'), 'PRAGMA wal_checkpoint(TRUNCATE)']);

let copies = 0;
const copy = () => {
  const folder = path.join(work, `copy-${(copies += 1)}`);
  fs.cpSync(original.folder, folder, { recursive: true });
  return new Data(program, folder, { LOOKEDAFTER_AUDIT_RESERVE_MIB: '1' });
};

// Every command and the server refuse; the file is left as it is.
const refused = async (data, name, words, what) => {
  const before = fs.readFileSync(data.file(name));
  for (const command of [['audit', 'verify'], ['token', '--role', 'analyst', '--authority', AUTHORITY]]) {
    const ended = data.run(command);
    check(ended.status === 1 && ended.err.includes(words), `${what}: ${command.join(' ')} is refused`, `${ended.status} ${ended.out}${ended.err}`);
  }
  const server = await data.serve();
  check(!server && data.said.join().includes(words), `${what}: serve is refused`, data.said.join('\n'));
  await server?.stop();
  check(fs.readFileSync(data.file(name)).equals(before), `${what}: the file is left as it was`);
};

const wrongFiles = async () => {
  for (const name of ['lookedafter.sqlite', 'audit.sqlite']) {
    const whole = fs.statSync(original.file(name)).size;
    let data = copy();
    fs.truncateSync(data.file(name), 0);
    await refused(data, name, 'is empty', `${name} that is empty`);
    data = copy();
    fs.rmSync(data.file(name));
    execFileSync('sqlite3', [data.file(name), 'CREATE TABLE other (x); INSERT INTO other VALUES (1)']);
    fs.chmodSync(data.file(name), 0o600);
    await refused(data, name, 'another program', `${name} of another program`);
    data = copy();
    fs.writeFileSync(data.file(name), randomBytes(between(1, 20_000)));
    await refused(data, name, 'is not a database of SQLite', `${name} that is something else`);
    for (const size of [between(1, 99), between(100, 4095), 4096, between(4097, whole - 1)]) {
      data = copy();
      fs.truncateSync(data.file(name), size);
      await refused(data, name, size < 16 ? 'is not a database' : size < 100 ? 'is damaged' : 'is cut off', `${name} cut off at ${size} of ${whole}`);
    }
  }
  const fresh = new Data(program, path.join(work, 'fresh'));
  fs.writeFileSync(fresh.file('lookedafter.sqlite'), '', { mode: 0o600 });
  await refused(fresh, 'lookedafter.sqlite', 'is empty', 'an empty file in a folder of its own');
};

// A first start that is killed at any moment leaves nothing that the next one refuses.
const killedFirst = async () => {
  for (let number = 0; number < rounds * 3; number += 1) {
    const data = new Data(program, path.join(work, `first-${number}`), { LOOKEDAFTER_AUDIT_RESERVE_MIB: '1' });
    const first = spawn(program, ['import', 'list'], { cwd: '/', env: data.env, stdio: 'ignore' });
    const ended = new Promise((done) => first.on('exit', done));
    await pause(between(1, 120));
    first.kill('SIGKILL');
    await ended;
    const next = data.run(['audit', 'verify']);
    check(next.status === 0, 'the start after a first one that was killed', next.err);
  }
};

const keyAndHeads = async () => {
  let data = copy();
  fs.rmSync(data.file('audit-key.pem'));
  const told = data.run(['audit', 'verify']);
  check(told.status === 1 && told.err.includes('audit-key.pem is missing'), 'a missing key is told', told.err);
  const server = await data.serve();
  check(!server && !fs.existsSync(data.file('audit-key.pem')), 'no key is made beside records', data.said.join('\n'));
  fs.rmSync(data.file('audit-heads.jsonl'));
  check(data.run(['audit', 'verify']).status === 1 && !fs.existsSync(data.file('audit-key.pem')), 'nor beside records without heads');

  for (let number = 0; number < rounds; number += 1) {
    data = copy();
    const line = fs.readFileSync(data.file('audit-heads.jsonl'), 'utf8').split('\n')[0];
    fs.appendFileSync(data.file('audit-heads.jsonl'), line.slice(0, between(1, line.length - 1)));
    const serving = await data.serve();
    check(serving && data.said.join().includes('torn'), 'serve passes over a torn head, and says so', data.said.join('\n'));
    await serving?.stop('SIGKILL');
    const proved = data.run(['audit', 'verify']);
    check(proved.status === 0 && proved.out.startsWith('whole'), 'the records after a torn head are whole', proved.out + proved.err);
  }
  data = copy();
  fs.appendFileSync(data.file('audit-heads.jsonl'), '{"mark":"hea');
  const named = data.run(['audit', 'verify']);
  check(named.status === 0 && named.out.includes('torn: line'), 'verify names a torn head', named.out + named.err);

  data = copy();
  fs.rmSync(data.file('audit-heads.jsonl'));
  const unsigned = data.run(['audit', 'verify']);
  check(unsigned.status === 0 && unsigned.out.includes('not signed yet'), 'before the first head verify says not signed yet', unsigned.out + unsigned.err);
};

// Proofs beside others who write raise no false alarm.
const races = async () => {
  for (let number = 0; number < rounds; number += 1) {
    const data = new Data(program, path.join(work, `race-${number}`), { LOOKEDAFTER_AUDIT_RESERVE_MIB: '0' });
    const commands = [['grant', 'list'], ['audit', 'verify'], ['token', '--role', 'analyst', '--authority', AUTHORITY], ['audit', 'verify']];
    const all = commands.map((command) => {
      const child = spawn(program, command, { cwd: '/', env: data.env, stdio: ['ignore', 'pipe', 'pipe'] });
      let told = '';
      [child.stdout, child.stderr].forEach((from) => from.on('data', (text) => (told += text)));
      return new Promise((done) => child.on('exit', (status) => done({ command, status, told })));
    });
    for (const { command, status, told } of await Promise.all(all)) check(status === 0, `${command.join(' ')} beside others`, told);
  }
};

const erasure = async () => {
  for (let number = 0; number < rounds; number += 1) {
    const data = copy();
    const child = execFileSync('sqlite3', [data.file('lookedafter.sqlite'), `SELECT child_id FROM child ORDER BY child_id LIMIT 1 OFFSET ${between(0, 300)}`], { encoding: 'utf8' }).trim();
    // A reader keeps the log from being emptied, so that the erasure waits in its cleaning, and is killed there.
    const reader = spawn('sqlite3', [data.file('lookedafter.sqlite')], { stdio: ['pipe', 'pipe', 'ignore'] });
    reader.stdin.write('BEGIN; SELECT count(*) FROM child;\n');
    await new Promise((done) => reader.stdout.once('data', done));
    const erasing = spawn(program, ['erase', child, '--authority', AUTHORITY, '--reason', 'a request'], { cwd: '/', env: data.env, stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise((done) => erasing.stderr.on('data', (text) => String(text).includes('rows removed') && done()));
    await pause(between(0, 500));
    erasing.kill('SIGKILL');
    reader.stdin.end('COMMIT;\n');
    await Promise.all([erasing, reader].map((one) => one.exitCode ?? one.signalCode ?? new Promise((done) => one.on('exit', done))));
    const server = number % 2 === 0 ? await data.serve() : undefined;
    const said = number % 2 === 0 ? data.said.join('\n') : data.run(['import', 'list']).err;
    check(said.includes('broken off') && said.includes('is finished'), 'the next start finishes the erasure and says so', said);
    await server?.stop();
    const found = fs.readdirSync(data.folder).filter((name) => fs.readFileSync(data.file(name)).includes(child));
    check(found.length === 0, 'no file holds the identifier', found.join());
    check(!data.run(['import', 'list']).err.includes('broken off'), 'it is finished once');
  }
};

const down = () => {
  const data = copy();
  const status = () => data.run(['migrate', 'status']).out.split('\n');
  for (let left = 10; left > 0 && status().some((line) => line.startsWith('applied') && line > 'applied  m0011_audit' && !line.endsWith('m0011_audit')); left -= 1) {
    check(data.run(['migrate', 'down', '--yes']).status === 0, 'a change is taken back');
  }
  const asked = data.run(['migrate', 'down']);
  check(asked.status === 1 && asked.err.includes('keys of children') && asked.err.includes('--yes'), 'taking back the audit log asks', asked.err);
  check(status().includes('applied  m0011_audit'), 'and does nothing until then');
  const meant = data.run(['migrate', 'down', '--yes']);
  check(meant.status === 0 && status().includes('pending  m0011_audit'), 'with --yes it is taken back', meant.err);
};

// The clock of the program alone is set, where the machine has a tool for it.
const clock = async () => {
  try {
    execFileSync('faketime', ['--version'], { stdio: 'pipe' });
  } catch {
    return process.stderr.write('files: no faketime here; a clock that is far ahead is tried by cargo test alone\n');
  }
  const data = copy();
  const ahead = { before: `faketime -f +${between(8, 40)}y` };
  const told = data.run(['audit', 'roll'], ahead);
  check(told.status === 1 && told.err.includes('the clock says'), 'a clock that is far ahead rolls nothing away', told.out + told.err);
  check(data.run(['import', 'list'], ahead).status === 0, 'other commands go on');
};

await wrongFiles();
await killedFirst();
await keyAndHeads();
await races();
await erasure();
down();
await clock();
end('files', seed);
