// The program on a port of its own, and clients that ask it all the time.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { createInterface } from 'node:readline';

export const AUTHORITY = 'E09000015';
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// Numbers that a seed decides.
export const seeded = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

export class Program {
  constructor(program, folder, settings) {
    this.program = program;
    this.folder = folder;
    this.env = { PATH: process.env.PATH, LOOKEDAFTER_DATA: folder, LOOKEDAFTER_METRICS_LISTEN: 'off', ...settings };
  }

  make_folder() {
    mkdirSync(this.folder, { mode: 0o700 });
  }

  run(...args) {
    return execFileSync(this.program, args, { cwd: this.folder, env: this.env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  // Runs a command beside others: how it ended, and what it said.
  command(args, settings = {}) {
    return new Promise((done) => {
      const began = performance.now();
      const run = spawn(this.program, args, { cwd: this.folder, env: { ...this.env, ...settings }, stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      run.stderr.on('data', (text) => { said += text; });
      run.on('exit', (status, signal) => done({ status, signal, said: said.trim(), ms: performance.now() - began }));
    });
  }

  // Invented children as an import.
  load(children) {
    const out = `${this.folder}/returns`;
    this.run('synthesise', '--authority', AUTHORITY, '--children', String(children), '--from', '2022-04-01', '--to', '2023-03-31', '--out', out);
    execFileSync('bash', [`${out}/import.sh`], { cwd: this.folder, env: { ...this.env, PATH: `${this.program.replace(/\/[^/]*$/, '')}:${process.env.PATH}` }, stdio: 'pipe' });
  }

  serve(settings = {}) {
    return new Promise((resolve, reject) => {
      const env = { ...this.env, LOOKEDAFTER_LISTEN: '127.0.0.1:0', LOOKEDAFTER_LOG: 'warn,lookedafter::cli::serve=info,lookedafter::http::stopping=info', ...settings };
      const server = spawn(this.program, ['serve'], { cwd: this.folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
      this.log = [];
      let stops;
      const stopping = new Promise((begun) => { stops = begun; });
      const ended = new Promise((end) => server.on('exit', (status, signal) => end({ status, signal })));
      ended.then(({ status }) => reject(new Error(`the server ended with status ${status}:\n${this.log.join('\n')}`)));
      createInterface({ input: server.stderr }).on('line', (line) => {
        this.log.push(line);
        const { message, address } = line.startsWith('{') ? JSON.parse(line) : {};
        if (message === 'stopping') stops();
        if (message === 'serving') resolve({ pid: server.pid, port: Number(address.split(':').pop()), ended, stopping, kill: (signal) => server.kill(signal) });
      });
    });
  }
}

const operation = (file, variables) => {
  const query = readFileSync(new URL(`../api/operations/${file}.graphql`, import.meta.url), 'utf8');
  return JSON.stringify({ query, variables: { authority: AUTHORITY, ...variables } });
};

// What is asked: who one is, a figure that is in memory, a page that is read from the database.
export const ASKED = [
  JSON.stringify({ query: '{ viewer { role } }' }),
  operation('values', { indicators: ['cla_number'], from: '2022-23-Q4', to: '2022-23-Q4' }),
  operation('children', { on: '2023-03-31', first: 10 }),
];
export const MEDIA = ['application/json', 'application/graphql-response+json'];

export const ask = (port, { path = '/graphql', body, token, media = MEDIA[0], agent } = {}) =>
  new Promise((done) => {
    const began = performance.now();
    const headers = { accept: media };
    if (body) Object.assign(headers, { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-purpose': 'statutory-return' });
    let sent = false;
    const end = (answer) => done({ began, ended: performance.now(), ms: performance.now() - began, sent, ...answer });
    const request = http.request({ host: '127.0.0.1', port, path, method: body ? 'POST' : 'GET', headers, agent }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part)).on('error', ({ code }) => end({ status: 0, error: code }));
      answer.on('end', () => {
        let json = {};
        try { json = JSON.parse(Buffer.concat(parts)); } catch { /* Not JSON. */ }
        end({ status: answer.statusCode, json, headers: answer.headers, error: answer.complete ? undefined : 'cut off' });
      });
    });
    request.on('socket', (socket) => (socket.connecting ? socket.once('connect', () => { sent = true; }) : (sent = true)));
    request.on('error', ({ code }) => end({ status: 0, error: code }));
    request.end(body);
  });

export const codes = ({ json }) => (json?.errors ?? []).map(({ extensions }) => extensions?.code);

// What a panel and those who prepare it ask, records included.
export const QUESTIONS = [
  ...['2021-03-31', '2023-03-31'].map((on) => operation('children', { on, first: 100 })),
  operation('leavers-and-carers', { on: '2023-03-31' }),
  ...['2020-21-Q4', '2022-23-Q4'].map((period) => operation('scorecard', { period })),
  operation('breakdown', { indicator: 'cla_number', period: '2022-23-Q4', by: 'ETHNICITY' }),
];

// What the records say: one value for all answers to a set of questions.
export const digest = async (port, token) => {
  const hash = createHash('sha256');
  for (const body of QUESTIONS) {
    // A connection that is kept would be waited for when the server stops.
    const { status, json } = await ask(port, { body, token, agent: false });
    if (status !== 200 || json.errors) throw new Error(`status ${status}: ${JSON.stringify(json)}`);
    hash.update(JSON.stringify(json.data));
  }
  return hash.digest('hex');
};
