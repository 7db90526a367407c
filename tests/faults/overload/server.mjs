// The program with invented records, one copy of them for each build that is compared.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const AUTHORITY = 'E08000034';

// A budget of points that nobody spends: what is tried here is the limit of requests that are under way.
const WITHOUT_BUDGETS = { LOOKEDAFTER_RATE_PER_SECOND: '1000000000', LOOKEDAFTER_RATE_BURST: '1000000000' };

export class Records {
  constructor(program, children, seed) {
    this.folder = mkdtempSync(join(tmpdir(), 'overload-'));
    process.on('exit', () => rmSync(this.folder, { recursive: true, force: true }));
    this.first = join(this.folder, 'first');
    const run = (...given) => execFileSync(program, given, { env: environment(this.first), stdio: ['ignore', 'pipe', 'pipe'] });
    const out = join(this.folder, 'returns');
    run('synthesise', '--authority', AUTHORITY, '--children', String(children), '--from', '2021-04-01', '--to', '2024-03-31',
      '--seed', String(seed), '--out', out);
    for (const year of readdirSync(out).filter((name) => /^\d{4}-\d\d$/.test(name)).sort()) {
      const ending = String(Number(year.slice(0, 4)) + 1);
      run('import', 'ssda903', join(out, year), '--authority', AUTHORITY, '--year-ending', ending);
    }
    this.tokens = (subjects) => subjects.map((subject) =>
      run('token', '--role', 'analyst', '--authority', AUTHORITY, '--subject', subject, '--minutes', '90').toString().trim());
  }

  copy(name) {
    const folder = join(this.folder, name);
    mkdirSync(folder, { mode: 0o700 });
    cpSync(this.first, folder, { recursive: true });
    return folder;
  }
}

function environment(data, more = {}) {
  const { DATABASE_URL, DATABASE_OWNER_URL, ...rest } = process.env;
  return { ...rest, LOOKEDAFTER_DATA: data, LOOKEDAFTER_LOG: 'error', LOOKEDAFTER_METRICS_LISTEN: 'off', ...WITHOUT_BUDGETS, ...more };
}

export class Server {
  static async start(name, program, data) {
    const server = new Server();
    server.name = name;
    server.data = data;
    server.port = await freePort();
    server.process = spawn(program, ['serve', '--listen', `127.0.0.1:${server.port}`], { env: environment(data), stdio: ['ignore', 'ignore', 'inherit'] });
    process.on('exit', () => server.process.kill('SIGKILL'));
    for (let tries = 0; ; tries++) {
      const ready = await fetch(`http://127.0.0.1:${server.port}/health/ready`).then((a) => a.ok, () => false);
      if (ready) return server;
      if (tries > 600) throw new Error(`${name} does not become ready`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  // The most memory that was resident since the last time this was asked, in MiB.
  peak() {
    const line = readFileSync(`/proc/${this.process.pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/);
    writeFileSync(`/proc/${this.process.pid}/clear_refs`, '5');
    return Math.ceil(Number(line[1]) / 1024);
  }

  // Processor time used so far, in seconds.
  cpu() {
    const fields = readFileSync(`/proc/${this.process.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  async stop() {
    const ended = new Promise((done) => this.process.on('exit', done));
    this.process.kill('SIGTERM');
    await ended;
  }
}

function freePort() {
  return new Promise((done) => {
    const listener = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = listener.address();
      listener.close(() => done(port));
    });
  });
}
