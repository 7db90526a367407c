// What two builds of the program cost, side by side in one run: processor time for importing, for the first answer after a
// start, in which records are loaded, and for each request after it.
//
//   node benches/compare.mjs before=OLD now=NEW [--children 300] [--rounds 10]
//
// Both have copies of the same invented records. They take turns, in an order that changes with each round, and the ratio of
// each round is taken by itself, so that a machine that is busier for a while slows both. Linux only: it reads `/proc`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AUTHORITY, Records, Server } from '../tests/faults/overload/server.mjs';

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { children: { type: 'string', default: '300' }, rounds: { type: 'string', default: '10' } },
});
const QUARTER = '2023-24-Q2';
const OPERATIONS = {
  'five values of one quarter': ['values', 400, {
    indicators: ['cla_number', 'reviews_in_timescale_pct', 'placements_3plus_pct', 'long_term_stability_pct', 'missing_episode_pct'],
    from: QUARTER, to: QUARTER,
  }],
  'a breakdown': ['breakdown', 400, { indicator: 'cla_number', period: QUARTER, by: 'ETHNICITY' }],
  'a trend of twelve quarters': ['trend', 400, { indicator: 'placements_3plus_pct', period: QUARTER }],
  'the scorecard with all comparators': ['scorecard', 100, { period: QUARTER }],
  'a page of fifty children with all records': ['children', 25, { on: '2023-09-30', first: 50 }],
};
const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });

// Processor time of every thread so far, in milliseconds.
function cpu(server) {
  const tasks = `/proc/${server.process.pid}/task`;
  const times = readdirSync(tasks).map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]));
  return times.reduce((sum, time) => sum + time, 0) / 1e6;
}

function ask(server, token, body) {
  return new Promise((done, failed) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-purpose': 'performance-monitoring' };
    const request = http.request({ host: '127.0.0.1', port: server.port, path: '/graphql', method: 'POST', agent, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        if (answer.statusCode === 200 && !text.includes('"errors"')) return done(text);
        failed(new Error(`${answer.statusCode}: ${text.slice(0, 300)}`));
      });
    });
    request.on('error', failed);
    request.end(body);
  });
}

// Processor time for each of so many requests, four at a time.
async function cost(server, token, body, requests) {
  const before = cpu(server);
  let left = requests;
  const one = async () => { while (left-- > 0) await ask(server, token, body); };
  await Promise.all([one(), one(), one(), one()]);
  return (cpu(server) - before) / requests;
}

const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const programs = positionals.map((text) => text.split('='));
if (programs.length !== 2) throw new Error('name two programs: before=OLD now=NEW');
const records = new Records(programs[0][1], Number(given.children), 1);
const [token] = records.tokens(['analyst']);
const servers = [];
for (const [name, program] of programs) servers.push(await Server.start(name, program, records.copy(name)));
console.log(`| | ${programs[0][0]}, ms | ${programs[1][0]}, ms | ratio, middle of ${given.rounds} rounds | lowest | highest |`);
console.log('|---|---|---|---|---|---|');

// Both in turn, round by round.
async function compare(name, measure) {
  const found = [[], []];
  for (let round = 0; round < Number(given.rounds); round++) {
    for (const place of round % 2 ? [1, 0] : [0, 1]) found[place].push(await measure(place));
  }
  const ratios = found[0].map((before, round) => found[1][round] / before);
  const cells = [middle(found[0]), middle(found[1]), middle(ratios), Math.min(...ratios), Math.max(...ratios)];
  console.log(`| ${name} | ${cells.map((number) => number.toFixed(3)).join(' | ')} |`);
}

// Processor time of importing the last year into an empty folder.
function imported(place) {
  const data = mkdtempSync(join(tmpdir(), 'compare-'));
  const year = join(records.folder, 'returns', '2023-24');
  const command = `TIMEFORMAT='%U %S'; time "$0" import ssda903 "$1" --authority ${AUTHORITY} --year-ending 2024 > "$2/out" 2>&1`;
  const environment = { ...process.env, LOOKEDAFTER_DATA: join(data, 'data'), LOOKEDAFTER_LOG: 'error' };
  const { status, stderr } = spawnSync('bash', ['-c', command, programs[place][1], year, data], { env: environment });
  const said = status === 0 ? '' : readFileSync(join(data, 'out'), 'utf8');
  rmSync(data, { recursive: true });
  if (said) throw new Error(said);
  return stderr.toString().trim().split(' ').reduce((sum, part) => sum + Number(part), 0) * 1000;
}

// Processor time of the first answer after a start.
async function first(place) {
  const server = await Server.start(programs[place][0], programs[place][1], servers[place].data);
  const before = cpu(server);
  await ask(server, token, bodies[0]);
  const found = cpu(server) - before;
  await server.stop();
  return found;
}

const bodies = Object.values(OPERATIONS).map(([file, , variables]) => {
  const query = readFileSync(new URL(`../tests/api/operations/${file}.graphql`, import.meta.url), 'utf8');
  return JSON.stringify({ query, variables: { authority: AUTHORITY, ...variables } });
});
for (const [at, [name, [, requests]]] of Object.entries(OPERATIONS).entries()) {
  for (const server of servers) await cost(server, token, bodies[at], requests / 5);
  await compare(name, (place) => cost(servers[place], token, bodies[at], requests));
}
for (const server of servers) await server.stop();
await compare('the first answer after a start', first);
await compare('importing a year', imported);
process.exit(0);
