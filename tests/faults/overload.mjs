// Overloads the program, by one who asks and by many, and measures what becomes of the others.
//
//   node tests/faults/overload.mjs [--seconds 10] [--seed 1] [--children 300] [--check] [NAME=PROGRAM …]
//
// Without a program it is target/debug/lookedafter. With several each phase is run on one after the other, so that they are
// compared on the same machine at the same time; name the oldest first, which invents the records, as newer ones read what older
// ones stored. Where others use the machine, `of capacity, by processor time` is the steadier measure. Whoever is measured goes
// before the load that is sent from the same machine, where that is permitted. With --check it fails where the last of them does
// not keep what is promised.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { AUTHORITY, Records, Server } from './overload/server.mjs';

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' },
    children: { type: 'string', default: '300' }, check: { type: 'boolean', default: false },
  },
});
const seconds = Number(given.seconds);
const operation = (file, variables) => {
  const query = readFileSync(new URL(`../api/operations/${file}.graphql`, import.meta.url), 'utf8');
  return JSON.stringify({ query, variables: { authority: AUTHORITY, ...variables } });
};
const PAGE = operation('children', { on: '2023-09-30', first: 50 });
const VALUE = operation('values', { indicators: ['cla_number'], from: '2023-24-Q2', to: '2023-24-Q2' });
const MANY = 32;

let state = Number(given.seed) >>> 0;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const part = (times, of) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * of))] ?? NaN;

const kept = new http.Agent({ keepAlive: true });
function time(server, path, token, body) {
  return new Promise((done) => {
    const began = performance.now();
    const headers = body ? { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-purpose': 'performance-monitoring' } : {};
    const request = http.request({ host: '127.0.0.1', port: server.port, path, method: body ? 'POST' : 'GET', agent: kept, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => done({ status: answer.statusCode, ms: performance.now() - began }));
    });
    request.on('error', () => done({ status: 0, ms: performance.now() - began }));
    request.end(body);
  });
}

// One who asks little: a value, and whether the server is ready, some times a second.
async function ask_little(server, token, long) {
  const [values, health, failed] = [[], [], []];
  for (const end = performance.now() + long * 1000; performance.now() < end;) {
    for (const [times, path, body] of [[values, '/graphql', VALUE], [health, '/health/ready']]) {
      const { status, ms } = await time(server, path, token, body);
      times.push(ms);
      if (status !== 200) failed.push(status);
    }
    await pause(20 + random() * 40);
  }
  return { values, health, failed };
}

function load(server, what) {
  const worker = new Worker(new URL('./overload/load.mjs', import.meta.url), { workerData: { port: server.port, body: PAGE, seconds, ...what } });
  return new Promise((done, failed) => { worker.on('message', done); worker.on('error', failed); });
}

async function unread(server, tokens) {
  const head = (token) => `POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nX-Purpose: performance-monitoring\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(PAGE)}\r\n\r\n${PAGE}`;
  const sockets = Array.from({ length: 200 }, (_, place) => {
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write(head(tokens[place % tokens.length])));
    socket.pause();
    return socket.on('error', () => {});
  });
  await pause(seconds * 1000);
  sockets.forEach((socket) => socket.destroy());
}

// How long it takes after the end of a load until a page is answered about as fast as before it.
async function recovery(server, token, usual) {
  const began = performance.now();
  for (;;) {
    const { status, ms } = await time(server, '/graphql', token, PAGE);
    if ((status === 200 && ms < 3 * usual) || performance.now() - began > 60_000) return (performance.now() - began) / 1000;
    await pause(50);
  }
}

const DEFAULT = `now=${new URL('../../target/debug/lookedafter', import.meta.url).pathname}`;
const programs = (positionals.length ? positionals : [DEFAULT]).map((text) => ({ name: text.slice(0, text.indexOf('=')), program: text.slice(text.indexOf('=') + 1) }));
const records = new Records(programs[0].program, Number(given.children), Number(given.seed));
const [little, one, ...many] = records.tokens(['little', 'one', ...Array.from({ length: MANY }, (_, place) => `many-${place}`)]);
const servers = [];
for (const { name, program } of programs) servers.push(await Server.start(name, program, records.copy(name)));
try { setPriority(-10); } catch { /* As it is. */ }
const found = Object.fromEntries(servers.map((server) => [server.name, {}]));

// Everyone's token has been looked at just before, as it is of those who ask all day.
async function phase(name, run) {
  for (const server of servers) {
    for (const token of [little, one, ...many]) await time(server, '/graphql', token, VALUE);
    found[server.name][name] = await run(server, found[server.name]);
  }
}

// Beside a load, what it leaves for the one who asks little, and how the server comes back.
async function beside(server, known, running) {
  server.peak();
  const before = server.cpu();
  const [tally, asked] = await Promise.all([running, pause(500).then(() => ask_little(server, little, seconds - 1))]);
  const [cpu, memory] = [server.cpu() - before, server.peak()];
  const again = await recovery(server, little, known.page);
  return { ...asked, tally, cpu, memory, again };
}

// How many pages a second the server answers one who asks with eight connections, and how much processor time it has for it.
async function capacity(server) {
  const before = server.cpu();
  const { served } = await load(server, { tokens: [one], connections: 8 });
  return { served, cpu: server.cpu() - before };
}

await phase('page', async (server) => {
  const times = [];
  for (let tries = 0; tries < 12; tries++) times.push((await time(server, '/graphql', one, PAGE)).ms);
  return part(times.slice(2), 0.5);
});
await phase('idle', (server) => ask_little(server, little, seconds));
await phase('capacity', capacity);
await phase('one', (server, known) => beside(server, known, load(server, { tokens: [one], connections: 256 })));
await phase('one, open', (server, known) => beside(server, known, load(server, { tokens: [one], perSecond: (3 * known.capacity.served) / seconds })));
await phase('many', (server, known) => beside(server, known, load(server, { tokens: many, connections: 8 * MANY })));
await phase('many, open', (server, known) => beside(server, known, load(server, { tokens: many, perSecond: (3 * known.capacity.served) / seconds })));
await phase('unread', (server, known) => beside(server, known, unread(server, many)));

const LOADS = ['one', 'one, open', 'many', 'many, open', 'unread'];
const round = (number, digits = 1) => (Number.isFinite(number) ? number.toFixed(digits) : '');
const COLUMNS = ['program', 'load', 'value p50, ms', 'value p99, ms', 'of idle p99', 'ready p99, ms', 'not answered', 'served/s', 'of capacity',
  'of capacity, by processor time', 'refused', 'refusal p50, ms', 'refusal p99, ms', 'memory, MiB', 'recovery, s'];
const line = (cells) => console.log(`| ${cells.join(' | ')} |`);
line(COLUMNS);
line(COLUMNS.map(() => '---'));
for (const { name } of servers) {
  const all = found[name];
  const idle = part(all.idle.values, 0.99);
  for (const load of ['idle', 'capacity', ...LOADS]) {
    const { values = [], health = [], failed = [], tally, memory, again, served = tally?.served, cpu } = all[load];
    const refused = tally && [...Object.entries(tally.refused).map(([status, count]) => `${count} × ${status}`), ...(tally.broken ? [`${tally.broken} broken`] : [])];
    line([name, load, round(part(values, 0.5)), round(part(values, 0.99)), round(part(values, 0.99) / idle), round(part(health, 0.99)), failed.length,
      round(served / seconds), round(served / all.capacity.served, 2), round((served / cpu) / (all.capacity.served / all.capacity.cpu), 2), refused?.join(', ') ?? '',
      round(part(tally?.refusals ?? [], 0.5)), round(part(tally?.refusals ?? [], 0.99)), memory ?? '', round(again)]);
  }
}

// Bounds that hold on a machine that does much else too, with a build for tests.
const broken = [];
if (given.check) {
  const all = found[servers.at(-1).name];
  for (const load of LOADS) {
    const { values, failed, tally, memory, again } = all[load];
    const must = (holds, what) => holds || broken.push(`${load}: ${what}`);
    must(failed.length === 0, `${failed.length} requests of the one who asks little were not answered: ${failed}`);
    must(values.length > 3, `only ${values.length} requests of the one who asks little were answered`);
    must(part(values, 0.5) < 1000, `half of the values took more than ${round(part(values, 0.5))} ms`);
    must(memory < 300, `${memory} MiB`);
    must(again < 10, `it took ${round(again)} s to come back`);
    if (!tally) continue;
    must(tally.served > 0, 'nothing was served');
    must(tally.broken === 0, `${tally.broken} broke`);
    must(tally.unsaid === 0, `${tally.unsaid} refusals do not say when to ask again`);
    const others = Object.keys(tally.refused).filter((status) => !['429', '503'].includes(status));
    must(others.length === 0, `refused with ${others}`);
  }
}
for (const server of servers) await server.stop();
broken.forEach((line) => console.error(`overload: ${line}`));
process.exit(broken.length ? 1 : 0);
