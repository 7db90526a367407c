// Sends load from a thread of its own, so that whoever is measured beside it does not wait for it here.
import http from 'node:http';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';

// Like any other program, not like the one that measures.
try { setPriority(0); } catch { /* As it is. */ }

const { port, tokens, body, connections, perSecond, seconds, patient } = workerData;
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
const tally = { served: 0, refused: {}, broken: 0, refusals: [], unsaid: 0 };
const end = performance.now() + seconds * 1000;
let waiting = 0;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function ask(token) {
  return new Promise((done) => {
    const began = performance.now();
    const headers = {
      'content-type': 'application/json', 'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${token}`, 'x-purpose': 'performance-monitoring',
    };
    const request = http.request({ host: '127.0.0.1', port, path: '/graphql', method: 'POST', agent, headers }, (answer) => {
      const text = [];
      answer.on('data', (part) => text.push(part));
      answer.on('error', () => { tally.broken++; done(0); });
      answer.on('end', () => {
        const status = answer.statusCode;
        if (performance.now() > end) return done(0);
        if (status === 200) {
          if (Buffer.concat(text).includes('"errors"')) tally.broken++; else tally.served++;
          return done(0);
        }
        tally.refused[status] = (tally.refused[status] ?? 0) + 1;
        tally.refusals.push(performance.now() - began);
        const later = Number(answer.headers['retry-after'] ?? 0);
        if (!(later >= 1)) tally.unsaid++;
        done(later);
      });
    });
    request.on('error', () => { if (performance.now() < end) tally.broken++; done(0); });
    request.end(body);
  });
}

// Each connection asks again as soon as it was answered; a patient one heeds Retry-After.
async function closed(place) {
  while (performance.now() < end) {
    const later = await ask(tokens[place % tokens.length]);
    if (patient && later > 0) await pause(later * 1000);
  }
}

// Requests come at this rate, whatever becomes of them.
async function open() {
  for (let sent = 0, began = performance.now(); performance.now() < end; sent++) {
    const due = began + (sent * 1000) / perSecond;
    if (due > performance.now()) await pause(due - performance.now());
    if (++waiting < 4000) ask(tokens[sent % tokens.length]).then(() => waiting--); else waiting--;
  }
}

const all = perSecond ? [open()] : Array.from({ length: connections }, (_, place) => closed(place));
setTimeout(() => { parentPort.postMessage(tally); setTimeout(() => process.exit(0), 50); }, seconds * 1000 + 50);
await Promise.all(all);
