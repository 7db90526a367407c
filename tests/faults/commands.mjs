// The program in a data folder: commands that may fail, a server to ask, and checks that are counted.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

export const AUTHORITY = 'E09000015';
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// `[--seed 1] [--rounds N] PROGRAM`, and numbers that the seed decides.
export const given = (rounds) => {
  const { values, positionals } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, rounds: { type: 'string', default: String(rounds) } }, allowPositionals: true,
  });
  let state = Number(values.seed) >>> 0;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  random();
  const between = (least, most) => least + Math.floor(random() * (most - least + 1));
  return { program: path.resolve(positionals[0] ?? 'target/debug/lookedafter'), seed: values.seed, rounds: Number(values.rounds), between };
};

let tries = 0;
const failures = [];
export const check = (is, what, told = '') => {
  tries += 1;
  if (is) return;
  failures.push(what);
  process.stderr.write(`FAILED: ${what}\n${String(told).slice(0, 2000)}\n`);
};
export const end = (name, seed) => {
  process.stderr.write(`${name}: seed ${seed}, ${tries} checks, ${failures.length} failed\n`);
  process.exit(failures.length ? 1 : 0);
};

// What is done at the end, the last first.
const endings = [];
export const atTheEnd = (act) => endings.push(act);
process.on('exit', () => endings.reverse().forEach((act) => act()));

export const temporary = () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lookedafter-faults-'));
  atTheEnd(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
};

export class Data {
  constructor(program, folder, settings = {}) {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    Object.assign(this, { program, folder });
    this.env = { PATH: process.env.PATH, LOOKEDAFTER_DATA: folder, LOOKEDAFTER_METRICS_LISTEN: 'off', ...settings };
  }

  file(name) {
    return path.join(this.folder, name);
  }

  size(name) {
    return fs.existsSync(this.file(name)) ? fs.statSync(this.file(name)).size : 0;
  }

  // The exit status, the signal, and what was printed.
  run(args, { before = '', settings = {} } = {}) {
    const words = [this.program, ...args].map((word) => `'${word}'`).join(' ');
    const ended = spawnSync('bash', ['-c', `${before} exec ${words}`], { cwd: '/', env: { ...this.env, ...settings }, encoding: 'utf8' });
    return { status: ended.status, signal: ended.signal, out: ended.stdout, err: ended.stderr };
  }

  import(folder, year) {
    return this.run(this.importing(folder, year));
  }

  importing(folder, year) {
    return ['import', 'ssda903', path.join(folder, `${year - 1}-${year - 2000}`), '--authority', AUTHORITY, '--year-ending', String(year)];
  }

  synthesise(out, children, from, to) {
    return this.run(['synthesise', '--authority', AUTHORITY, '--children', String(children), '--from', from, '--to', to, '--out', out]);
  }

  token() {
    return this.run(['token', '--role', 'analyst', '--authority', AUTHORITY]).out.trim();
  }

  // Starts a server; undefined if it ends before it serves, with what it said in `said`.
  serve(settings = {}) {
    this.said = [];
    const env = { ...this.env, LOOKEDAFTER_LISTEN: '127.0.0.1:0', ...settings };
    const child = spawn(this.program, ['serve'], { cwd: '/', env, stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise((done) => child.on('exit', (status, signal) => done({ status, signal })));
    atTheEnd(() => child.kill('SIGKILL'));
    return new Promise((resolve) => {
      ended.then(() => resolve(undefined));
      createInterface({ input: child.stderr }).on('line', (line) => {
        this.said.push(line);
        const { message, address } = line.startsWith('{') ? JSON.parse(line) : {};
        if (message === 'serving') resolve(new Server(child, ended, `http://${address}`));
      });
    });
  }
}

class Server {
  constructor(child, ended, url) {
    Object.assign(this, { child, ended, url });
  }

  // The status of the answer to a question that leaves a record.
  async ask(token) {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
    const answer = await fetch(`${this.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: '{ viewer { role } }' }) });
    return { status: answer.status, text: await answer.text() };
  }

  async ready() {
    const answer = await fetch(`${this.url}/health/ready`);
    await answer.text();
    return answer.status;
  }

  async stop(signal = 'SIGTERM') {
    this.child.kill(signal);
    return this.ended;
  }
}
