// The program is asked to stop while it answers: not one request is lost that it has taken, readiness turns false at once,
// and it ends in time.
//
//   node tests/faults/stopping.mjs [--seed 1] [--requests 10000] [--report] PROGRAM
//
// A request is lost when it was sent on a connection that was open, and was not answered in full. A connection that is refused
// because the program has ended is not: nothing was sent.
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ASKED, AUTHORITY, MEDIA, Program, ask, pause, seeded } from './program.mjs';

const { values: given, positionals: [program] } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' }, requests: { type: 'string', default: '10000' },
    report: { type: 'boolean', default: false },
  },
});
const random = seeded(Number(given.seed));
const wanted = Number(given.requests);
// Half of the clients keep their connections, half make one for each request.
const CLIENTS = 24;
// What is in flight may take its time limit; idle connections end within seconds.
const LONGEST = 20_000;

const folder = mkdtempSync(join(tmpdir(), 'stopping-'));
const records = new Program(resolve(program), folder, {});
const total = { stops: 0, asked: 0, answered: 0, refused: 0, lost: 0, 'other answers': 0, 'not told to close': 0, 'ready after the signal': 0, 'longest until it is noticed ms': 0, 'longest stop ms': 0, kinds: {} };
const problems = [];

async function stop_under_load(tokens) {
  const server = await records.serve();
  let goes_on = true;
  // When the program said that it stops; before that a busy machine may not have delivered the signal.
  let noticed = Infinity;
  const count = (answer, kept) => {
    // Nobody listens, or the program ended before the connection stood.
    if (answer.status === 0 && !answer.sent) { total.refused += 1; return; }
    total.asked += 1;
    if (answer.status === 0 || answer.error) {
      total.lost += 1;
      total.kinds[answer.error] = (total.kinds[answer.error] ?? 0) + 1;
      return;
    }
    total.answered += 1;
    if (answer.status !== 200) total['other answers'] += 1;
    if (kept && answer.began > noticed && answer.headers.connection !== 'close') total['not told to close'] += 1;
  };
  const client = async (number) => {
    const kept = number % 2 === 0;
    const agent = kept ? new http.Agent({ keepAlive: true, maxSockets: 1 }) : undefined;
    for (let turn = number; goes_on; turn++) {
      const answer = await ask(server.port, { body: ASKED[turn % 2], media: MEDIA[turn % 2], token: tokens[turn % tokens.length], agent: agent ?? false });
      count(answer, kept);
      if (answer.status === 0 && !answer.sent) await pause(20);
      await pause(random() * (number % 4 === 0 ? 200 : 20));
    }
    agent?.destroy();
  };
  const clients = Array.from({ length: CLIENTS }, (_, number) => client(number));
  await pause(1_500 + random() * 1_000);
  const signalled = performance.now();
  server.kill('SIGTERM');
  await Promise.race([server.stopping, server.ended, pause(5_000)]);
  noticed = performance.now();
  total['longest until it is noticed ms'] = Math.max(total['longest until it is noticed ms'], Math.round(noticed - signalled));
  for (let turn = 0; turn < 5; turn++) {
    const ready = await ask(server.port, { path: '/health/ready', agent: false });
    if (ready.status === 200) total['ready after the signal'] += 1;
    if (turn === 0 && ready.status !== 503 && ready.sent) problems.push(`readiness answered ${ready.status}`);
    await pause(10);
  }
  const { status, signal } = await server.ended;
  total['longest stop ms'] = Math.max(total['longest stop ms'], Math.round(performance.now() - signalled));
  if (status !== 0) problems.push(`it ended with ${status ?? signal}`);
  goes_on = false;
  await Promise.all(clients);
  total.stops += 1;
}

try {
  records.run('migrate');
  records.load(60);
  const tokens = Array.from({ length: 4 }, (_, number) => records.run('token', '--role', 'data_steward', '--authority', AUTHORITY, '--subject', `steward${number}`).trim());
  while (total.asked < wanted) await stop_under_load(tokens);
  console.log(JSON.stringify(total));
  console.log(records.run('audit', 'verify').trim());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (total.lost > 0) problems.push(`${total.lost} of ${total.asked} requests were lost`);
if (total['other answers'] > 0) problems.push(`${total['other answers']} requests were answered with another status than 200`);
if (total['not told to close'] > 0) problems.push(`${total['not told to close']} answers did not close their connection`);
if (total['ready after the signal'] > 0) problems.push('it said that it is ready after the signal');
if (total['longest stop ms'] > LONGEST) problems.push(`a stop took ${total['longest stop ms']} ms`);
for (const problem of problems) console.error(`stopping: ${problem}`);
if (problems.length > 0 && !given.report) process.exit(1);
console.log(problems.length > 0 ? `stopping: ${problems.length} promises broken` : 'stopping: good');
