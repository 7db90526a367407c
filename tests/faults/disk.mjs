// A disk that is full: by an import, or by anybody else. Needs the right to mount (root); elsewhere only the limit on the size
// of files is tried.
//   node tests/faults/disk.mjs [--seed 1] [--rounds 3] PROGRAM
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Data, atTheEnd, check, end, given, pause, temporary } from './commands.mjs';

const { program, seed, rounds, between } = given(3);
const MIB = 1 << 20;
const work = temporary();
const returns = path.join(work, 'returns');
const elsewhere = new Data(program, path.join(work, 'elsewhere'));
const made = elsewhere.synthesise(returns, 12_000, '2022-04-01', '2024-03-31');
check(made.status === 0, 'the returns are invented', made.err);

const mount = (mib) => {
  const disk = path.join(work, `disk-${mounted.length}`);
  fs.mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m`, 'lookedafter-faults', disk], { stdio: 'pipe' });
  } catch {
    return undefined;
  }
  mounted.push(disk);
  return disk;
};
const mounted = [];
atTheEnd(() => mounted.forEach((disk) => execFileSync('umount', ['-l', disk])));

const free = (disk) => {
  const { bavail, bsize } = fs.statfsSync(disk);
  return bavail * bsize;
};

// Takes what is free but for so many bytes.
const fill = (disk, left = 0) => {
  const filler = fs.openSync(path.join(disk, 'filler'), 'a');
  const piece = Buffer.alloc(4096, 1);
  try {
    while (free(disk) > left) fs.writeSync(filler, piece);
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  }
  fs.closeSync(filler);
};
const empty = (disk) => fs.rmSync(path.join(disk, 'filler'), { force: true });

const whole = (data, what) => {
  const proved = data.run(['audit', 'verify']);
  check(proved.status === 0 && proved.out.startsWith('whole'), `${what}: the audit records are whole`, proved.out + proved.err);
};
const seconds = async (most, is) => {
  for (let begun = Date.now(); Date.now() - begun < most * 1000; await pause(200)) if (await is()) return true;
  return false;
};

// Imports fill the disk while a server answers; then somebody else does.
const round = async (number) => {
  const reserve = between(1, 3);
  const disk = mount(reserve + between(7, 11));
  if (!disk) return process.stderr.write('disk: nothing can be mounted here; a full disk is not tried\n');
  const what = `round ${number}`;
  const data = new Data(program, path.join(disk, 'data'), { LOOKEDAFTER_AUDIT_RESERVE_MIB: String(reserve) });
  const token = data.token();
  let server = await data.serve();
  check(server, `${what}: it serves`, data.said.join('\n'));
  check(data.size('audit-reserve') === reserve * MIB, `${what}: the reserve is kept`);
  // What is free is enough by the estimate, or clearly not.
  fill(disk, between(3, 6) * MIB + between(0, MIB));
  const [before, imports] = [free(disk), data.run(['import', 'list']).err + data.run(['import', 'list']).out];
  const importing = spawn(program, data.importing(returns, 2023), { cwd: '/', env: data.env, stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  importing.stderr.on('data', (text) => (told += text));
  const status = new Promise((done) => importing.on('exit', (code, signal) => done(code ?? signal)));
  if (between(0, 3) === 0) setTimeout(() => importing.kill('SIGKILL'), between(50, 1500));
  const answered = [];
  for (let ended = false; !ended; ) {
    ended = await Promise.race([status.then(() => true), pause(20).then(() => false)]);
    answered.push((await server.ask(token)).status);
  }
  check(answered.every((one) => one === 200), `${what}: every request is answered while an import fills the disk`, answered.join());
  const became = await status;
  if (became !== 0) {
    check(became === 'SIGKILL' || (became === 1 && told.includes('the disk is full')), `${what}: the import says that the disk is full`, `${became} ${told}`);
    check(data.run(['import', 'list']).err + data.run(['import', 'list']).out === imports, `${what}: nothing was imported`);
    const log = () => data.size('lookedafter.sqlite-wal');
    check(became === 'SIGKILL' || log() < MIB, `${what}: the write-ahead file is short after a failed import`, log());
    check(await seconds(25, () => free(disk) > before - 2 * MIB || log() <= 16 * MIB), `${what}: what the import took is free again`, `${before} ${free(disk)}`);
  }
  check((await server.ready()) === 200, `${what}: it is ready after the import`);

  // Filled to the last byte by somebody else.
  fill(disk);
  let last = 0;
  const most = reserve * 200;
  while (last < most && (await server.ask(token)).status === 200) last += 1;
  check(last >= reserve * 40, `${what}: records are written out of the reserve`, `${last} answers`);
  process.stderr.write(`disk: ${what}: import ${became}, ${answered.length} answers meanwhile, ${last} answers with a full disk and ${reserve} MiB kept\n`);
  while ((await server.ask(token)).status === 200) fill(disk);
  check((await server.ready()) === 503, `${what}: it is not ready once no record can be written`);
  check((await server.ask(token)).status === 503, `${what}: and answers nothing`);
  check(data.said.some((line) => line.includes('the disk is full')), `${what}: the log says it in words`);

  // Room again; killed or stopped, filled again, and started.
  empty(disk);
  check(await seconds(5, async () => (await server.ask(token)).status === 200), `${what}: it answers within 5 s of room`);
  // What was found out a moment ago is told again for a moment.
  check(await seconds(1, async () => (await server.ready()) === 200), `${what}: it is ready again`);
  check(await seconds(25, () => data.size('audit-reserve') === reserve * MIB), `${what}: the reserve is filled again`);
  await server.stop(between(0, 1) ? 'SIGKILL' : 'SIGTERM');
  fill(disk);
  server = await data.serve();
  check(server, `${what}: it starts on a full disk`, data.said.join('\n'));
  if (server) {
    check((await server.ask(token)).status === 200, `${what}: and answers`, data.said.join('\n'));
    await server.stop();
  }
  empty(disk);
  whole(data, what);
};

// Without a reserve a full disk is told at once, and no harm is done.
const without = async () => {
  const disk = mount(12);
  if (!disk) return;
  const data = new Data(program, path.join(disk, 'data'), { LOOKEDAFTER_AUDIT_RESERVE_MIB: '0' });
  const token = data.token();
  const server = await data.serve();
  check(!fs.existsSync(data.file('audit-reserve')), 'without a reserve there is no file of it');
  fill(disk);
  await pause(6000);
  check((await server.ready()) === 503, 'without a reserve it is not ready on a full disk, unasked');
  while ((await server.ask(token)).status === 200);
  check((await server.ready()) === 503, 'without a reserve it is not ready');
  const refused = data.run(['import', 'areas', path.join(work, 'nothing.csv')]);
  check(refused.status === 1 || refused.status === 2, 'a command ends on a full disk', refused.err);
  empty(disk);
  const answers = async () => (await server.ready()) === 200 && (await server.ask(token)).status === 200;
  check(await seconds(1, answers), 'without a reserve it answers once there is room');
  await server.stop();
  whole(data, 'without a reserve');
};

// A limit on the size of files is an error in words, not a signal.
const limited = () => {
  for (let number = 0; number < rounds; number += 1) {
    const data = new Data(program, path.join(work, `limited-${number}`));
    const kib = between(300, 3000);
    const ended = data.run(data.importing(returns, 2023), { before: `ulimit -f ${kib};`, settings: { LOOKEDAFTER_AUDIT_RESERVE_MIB: '0' } });
    check(ended.signal === null && ended.status === 1, `a limit of ${kib} KiB: an exit status and no signal`, `${ended.status} ${ended.signal}`);
    check(ended.err.includes('ulimit -f'), `a limit of ${kib} KiB: it is told in words`, ended.err);
    const after = data.import(returns, 2023);
    check(after.status === 0, `after a limit of ${kib} KiB: the import is made without it`, after.err);
    whole(data, `after a limit of ${kib} KiB`);
  }
};

for (let number = 1; number <= rounds; number += 1) await round(number);
await without();
limited();
end('disk', seed);
