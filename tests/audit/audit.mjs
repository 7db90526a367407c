// Runs the audits of GraphQL over HTTP against a server that it starts on a free port with an empty database, or
// against the address given. Fails on every audit that is not plainly passed.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverAudits } from 'graphql-http';

const EXPECTED = 61;

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const start = async (program) => {
  const folder = mkdtempSync(join(tmpdir(), 'lookedafter-audit-'));
  const listen = `127.0.0.1:${await freePort()}`;
  const env = {
    PATH: process.env.PATH, LOOKEDAFTER_DATA: folder, LOOKEDAFTER_LISTEN: listen, LOOKEDAFTER_LOG: 'warn',
    LOOKEDAFTER_METRICS_LISTEN: 'off',
  };
  const server = spawn(program, ['serve'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => server.on('exit', resolve));
  const stop = async () => {
    server.kill('SIGTERM');
    const status = await ended;
    rmSync(folder, { recursive: true });
    return status;
  };
  for (let tries = 0; tries < 100; tries += 1) {
    const ready = await fetch(`http://${listen}/health/ready`).then((answer) => answer.ok, () => false);
    if (ready) return { url: `http://${listen}/graphql`, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error('the server was not ready within 10 seconds');
};

const [target] = process.argv.slice(2);
const server = target.startsWith('http') ? { url: target, stop: async () => 0 } : await start(target);

let failures = 0;
const audits = serverAudits({ url: server.url, fetchFn: fetch });
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== 'ok') {
    failures += 1;
    console.error(`${result.status}: ${audit.id} ${audit.name}\n  ${result.reason}`);
  }
}
const status = await server.stop();
if (status !== 0) {
  failures += 1;
  console.error(`the server ended with status ${status} when it was asked to stop`);
}
if (audits.length !== EXPECTED) {
  failures += 1;
  console.error(`${audits.length} audits were run, ${EXPECTED} were expected`);
}
console.log(`${audits.length} audits, ${failures} failures`);
process.exitCode = failures === 0 ? 0 : 1;
