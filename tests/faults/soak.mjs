// The program under an ordinary day's load for a long time, with imports and undoings beside it and restarts: no answer is
// wrong, memory and open files do not grow, and the record of reading is whole.
//
//   node tests/faults/soak.mjs [--seed 1] [--minutes 60] [--children 600] [--restarts 6] [--database sqlite|postgresql] PROGRAM
//
// Restarts are asked for with SIGTERM; every other one is a kill.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Cluster } from './postgresql.mjs';
import { AUTHORITY, Program, QUESTIONS, ask, codes, pause, seeded } from './program.mjs';

const { values: given, positionals: [program] } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' }, minutes: { type: 'string', default: '60' },
    children: { type: 'string', default: '600' }, restarts: { type: 'string', default: '6' },
    database: { type: 'string', default: 'sqlite' },
  },
});
const random = seeded(Number(given.seed));
const length = Number(given.minutes) * 60_000;
const [CLIENTS, SAMPLE, BETWEEN_IMPORTS] = [8, 2_000, Math.min(20_000, length / 6)];
// Tokens are renewed well before they end.
const RENEW = 45 * 60_000;

const cluster = given.database === 'postgresql' ? await Cluster.start() : undefined;
if (given.database === 'postgresql' && !cluster) {
  console.error('SKIPPED: a soak on PostgreSQL. There is none on this machine.');
  process.exit(0);
}
const work = mkdtempSync(join(tmpdir(), 'soak-'));
const settings = cluster ? { DATABASE_URL: cluster.url('records_api'), DATABASE_OWNER_URL: cluster.url('records_owner') } : {};
const records = new Program(resolve(program), join(work, 'data'), settings);
const returns = join(work, 'returns');
const total = { answers: {}, imports: 0, undone: 0, restarts: 0, kills: 0, 'cut off by a kill': 0, 'recorded reads': 0 };
const [samples, problems] = [[], []];
const hold = (fact, what) => { if (!fact) problems.push(what); };

// What is there: the server, while there is one, and the tokens in force.
let server, tokens;
let goes_on = true;
// Set while the server is being ended and started again.
let is_down = false;

const new_tokens = () =>
  Array.from({ length: 4 }, (_, number) => records.run('token', '--role', 'data_steward', '--authority', AUTHORITY, '--minutes', '90', '--subject', `steward${number}`).trim());

let started = 0;
const third = () => Math.min(2, Math.floor(((performance.now() - started) / length) * 3));
const times = [[], [], []];

async function client(number) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (let turn = number; goes_on; turn++) {
    const asked = server;
    if (is_down || !asked) { await pause(50); continue; }
    const answer = await ask(asked.port, { body: QUESTIONS[turn % QUESTIONS.length], token: tokens[turn % tokens.length], agent });
    const kind = `${answer.status || answer.error} ${codes(answer).join('+')}`.trim();
    if (server === asked && !is_down) {
      total.answers[kind] = (total.answers[kind] ?? 0) + 1;
      times[third()].push(answer.ms);
      hold(answer.status === 200 && codes(answer).length === 0, `an answer was ${kind}`);
    } else if (answer.status !== 200) {
      total['cut off by a kill'] += 1;
    }
    await pause(random() * 400);
  }
  agent.destroy();
}

const year = ['import', 'ssda903', join(returns, '2022-23'), '--authority', AUTHORITY, '--year-ending', '2023', '--confirm', 'retires'];
async function imports() {
  for (let is_loaded = true; goes_on; is_loaded = !is_loaded) {
    await pause(BETWEEN_IMPORTS * (0.5 + random()));
    if (!goes_on) return;
    const args = is_loaded ? ['import', 'undo', records.run('import', 'list').match(/^\d+/m)[0]] : year;
    const { status, said } = await records.command(args);
    hold(status === 0, `${args.slice(0, 2).join(' ')} ended with ${status}: ${said}`);
    total[is_loaded ? 'undone' : 'imports'] += 1;
  }
}

async function restarts() {
  const between = length / (Number(given.restarts) + 1);
  for (let turn = 0; turn < Number(given.restarts); turn++) {
    await pause(between);
    const signal = turn % 2 ? 'SIGKILL' : 'SIGTERM';
    is_down = true;
    server.kill(signal);
    const { status } = await server.ended;
    hold(signal === 'SIGKILL' || status === 0, `the server ended with ${status}`);
    server = await records.serve();
    is_down = false;
    total[signal === 'SIGKILL' ? 'kills' : 'restarts'] += 1;
  }
}

const sample = (pid) => {
  try {
    const memory = Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;
    samples.push({ third: third(), pid, memory, files: readdirSync(`/proc/${pid}/fd`).length });
  } catch { /* It has ended. */ }
};

const at = (all, share) => Math.round([...all].sort((a, b) => a - b)[Math.floor((all.length - 1) * share)] ?? 0);

function report() {
  const of = (number, what) => samples.filter((one) => one.third === number).map((one) => one[what]);
  for (const number of [0, 1, 2]) {
    const [memory, files, taken] = [of(number, 'memory'), of(number, 'files'), times[number]];
    console.log(JSON.stringify({ third: number + 1, answers: taken.length, 'p50 ms': at(taken, 0.5), 'p99 ms': at(taken, 0.99),
      'memory MiB, p50': at(memory, 0.5), 'memory MiB, most': at(memory, 1), 'open files, p50': at(files, 0.5), 'open files, most': at(files, 1) }));
  }
  // Each life of the server begins small and is then told of the records, so lives are compared by what they end with.
  const ends = [...new Set(samples.map(({ pid }) => pid))].map((pid) => samples.filter((one) => one.pid === pid).slice(-10));
  const [first, last] = [ends[0], ends.at(-1)].map((life) => ({ memory: at(life.map((one) => one.memory), 0.5), files: at(life.map((one) => one.files), 1) }));
  hold(last.memory <= first.memory * 1.5, `memory grew from ${first.memory} to ${last.memory} MiB`);
  hold(last.files <= first.files + 16, `open files grew from ${first.files} to ${last.files}`);
}

try {
  records.make_folder();
  records.run('migrate');
  records.run('synthesise', '--authority', AUTHORITY, '--children', given.children, '--from', '2020-04-01', '--to', '2023-03-31', '--out', returns);
  for (const list of ['leavers', 'leaver_contacts', 'carers', 'placement_links']) records.run('import', list, join(returns, `${list}.csv`), '--authority', AUTHORITY, '--up-to', '2023-03-31');
  for (const ending of [2021, 2022, 2023]) {
    const args = [...year];
    args[2] = join(returns, `${ending - 1}-${String(ending).slice(2)}`);
    args[6] = String(ending);
    records.run(...args);
  }
  tokens = new_tokens();
  started = performance.now();
  server = await records.serve();
  const sampling = setInterval(() => sample(server.pid), SAMPLE);
  const renewing = setInterval(() => { tokens = new_tokens(); }, RENEW);
  const all = Promise.all([...Array.from({ length: CLIENTS }, (_, number) => client(number)), imports(), restarts()]);
  await pause(length);
  goes_on = false;
  await all;
  clearInterval(sampling);
  clearInterval(renewing);
  server.kill('SIGTERM');
  await server.ended;
  report();
  const whole = records.run('audit', 'verify').trim();
  total['recorded reads'] = Number(whole.match(/\d+/)[0]);
  hold(total['recorded reads'] >= Object.values(total.answers).reduce((sum, count) => sum + count, 0), 'an answer is not in the record of reading');
  console.log(JSON.stringify({ database: given.database, minutes: Number(given.minutes), ...total }));
} finally {
  server?.kill('SIGKILL');
  cluster?.end();
  rmSync(work, { recursive: true, force: true });
}
for (const problem of [...new Set(problems)].slice(0, 20)) console.error(`soak: ${problem}`);
if (problems.length > 0) process.exit(1);
console.log('soak: good');
process.exit(0);
