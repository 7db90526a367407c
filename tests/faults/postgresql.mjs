// A server of PostgreSQL of its own, in a temporary folder, that can be stopped, frozen, locked, closed to others and made silent.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = process.getuid() === 0;

const programs = () => {
  const installed = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort((a, b) => b - a) : [];
  const folders = [...installed.map((version) => `/usr/lib/postgresql/${version}/bin`), ...process.env.PATH.split(':')];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')));
};

export const freePort = () =>
  new Promise((found) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });

export class Cluster {
  static async start() {
    const bin = programs();
    if (!bin) return undefined;
    const cluster = new Cluster();
    cluster.bin = bin;
    cluster.folder = mkdtempSync(join(tmpdir(), 'away-'));
    cluster.port = await freePort();
    if (root) execFileSync('chown', ['postgres', cluster.folder]);
    cluster.run('initdb', '--no-sync', '--auth=trust', '--encoding=UTF8', '--no-locale', '-U', 'postgres', '-D', cluster.data);
    const settings = `port = ${cluster.port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n`
      + 'fsync = off\nshared_buffers = 32MB\n';
    appendFileSync(join(cluster.data, 'postgresql.conf'), settings);
    cluster.up();
    cluster.sql('CREATE ROLE records_owner LOGIN CREATEROLE');
    cluster.sql('CREATE ROLE records_api LOGIN NOINHERIT');
    cluster.sql('CREATE DATABASE records OWNER records_owner');
    return cluster;
  }

  get data() {
    return join(this.folder, 'data');
  }

  url(login, port = this.port) {
    return `postgres://${login}@127.0.0.1:${port}/records`;
  }

  command(program, ...args) {
    return root ? ['runuser', ['-u', 'postgres', '--', join(this.bin, program), ...args]] : [join(this.bin, program), args];
  }

  run(program, ...args) {
    const [command, all] = this.command(program, ...args);
    return execFileSync(command, all, { cwd: '/', stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
  }

  // The server keeps the pipes of whoever starts it, so it gets none.
  pg_ctl(...args) {
    const [command, all] = this.command('pg_ctl', '-D', this.data, '-w', '-s', ...args);
    const { status } = spawnSync(command, all, { cwd: '/', stdio: 'ignore' });
    if (status !== 0) throw new Error(`pg_ctl ${args.join(' ')} ended with ${status}`);
  }

  up() {
    this.pg_ctl('-l', join(this.folder, 'log'), 'start');
  }

  down(mode = 'immediate') {
    this.pg_ctl('-m', mode, 'stop');
  }

  sql(statement, database = 'postgres') {
    return this.run('psql', '-qAt', '-h', '127.0.0.1', '-p', String(this.port), '-U', 'postgres', '-d', database, '-c', statement);
  }

  // Holds a lock, or only a connection, until it is let go.
  async hold(statement, login = 'postgres') {
    const [command, all] = this.command('psql', '-qAt', '-h', '127.0.0.1', '-p', String(this.port), '-U', login, '-d', 'records');
    const session = spawn(command, all, { cwd: '/', stdio: ['pipe', 'pipe', 'ignore'] });
    const ended = new Promise((end) => session.on('exit', end));
    session.stdin.on('error', () => {});
    session.stdin.write(`${statement};\nSELECT 'held';\n`);
    await Promise.race([ended, new Promise((held) => session.stdout.on('data', held))]);
    return { let_go: () => (session.stdin.end(), ended), held: session.exitCode === null };
  }

  // Leaves the program no connection, as where others have taken all that there are.
  refuse() {
    this.sql('ALTER ROLE records_api CONNECTION LIMIT 0');
    this.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'records_api'`);
    return () => this.sql('ALTER ROLE records_api CONNECTION LIMIT -1');
  }

  processes() {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
    const parent = (pid) => { try { return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1]); } catch { return 0; } };
    const leader = Number(readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return [leader, ...all.filter((pid) => parent(pid) === leader)];
  }

  freeze() {
    const frozen = this.processes();
    for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    return () => { for (const pid of frozen) try { process.kill(pid, 'SIGCONT'); } catch { /* It has ended. */ } };
  }

  end() {
    try { this.down(); } catch { /* It is down. */ }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

// Stands between the program and the database. Once silent it takes everything and answers nothing, and connections that
// were open then stay dead when it speaks again, as after a broken network.
export class Line {
  static async to(port) {
    const line = new Line();
    line.dead = false;
    line.open = new Set();
    line.server = net.createServer((near) => {
      const pair = { near, far: undefined, dead: line.dead };
      line.open.add(pair);
      near.on('error', () => {}).on('close', () => { line.open.delete(pair); pair.far?.destroy(); });
      near.on('data', (bytes) => { if (!pair.dead) pair.far.write(bytes); });
      if (pair.dead) return;
      pair.far = net.connect(port, '127.0.0.1');
      pair.far.on('error', () => {}).on('data', (bytes) => { if (!pair.dead) near.write(bytes); });
      pair.far.on('close', () => { if (!pair.dead) near.destroy(); });
    });
    await new Promise((listening) => line.server.listen(0, '127.0.0.1', listening));
    line.port = line.server.address().port;
    return line;
  }

  silence() {
    this.dead = true;
    for (const pair of this.open) pair.dead = true;
    return () => { this.dead = false; };
  }

  end() {
    this.server.close();
    for (const { near } of this.open) near.destroy();
  }
}
