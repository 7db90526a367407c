// The API with a database of its own, and pages of other origins.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const listening = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

// An empty page of an origin of its own.
export const site = async () => {
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html><title>a page</title>'));
  const port = await listening(server);
  const stop = () => new Promise((resolve) => server.close(resolve));
  return { origin: `http://127.0.0.1:${port}`, stop: () => (server.closeAllConnections(), stop()) };
};

const freePort = async () => {
  const { origin, stop } = await site();
  await stop();
  return new URL(origin).port;
};

// The program, serving; pages of these origins may ask.
export const api = async (program, origins) => {
  const folder = mkdtempSync(join(tmpdir(), 'lookedafter-browser-'));
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    LOOKEDAFTER_DATA: folder,
    LOOKEDAFTER_LISTEN: `127.0.0.1:${port}`,
    LOOKEDAFTER_LOG: 'warn',
    LOOKEDAFTER_ORIGINS: origins.join(','),
  };
  const token = (role, authority) =>
    execFileSync(program, ['token', '--role', role, '--authority', authority], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
      .toString().trim();
  const running = spawn(program, ['serve'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => running.on('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    running.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  };
  for (let tries = 0; tries < 200; tries += 1) {
    if (await fetch(`${url}/health/ready`).then((answer) => answer.ok, () => false)) return { url, token, stop };
    await pause(100);
  }
  await stop();
  throw new Error('the API was not ready within 20 seconds');
};
