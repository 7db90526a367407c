// Runs the audits of GraphQL over HTTP against a server that it starts on a free port with an empty database, or
// against the address given. Fails on every audit that is not plainly passed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverAudits } from 'graphql-http';
import { serving } from '../serving.mjs';

const EXPECTED = 61;

const start = async (program) => {
  const folder = mkdtempSync(join(tmpdir(), 'lookedafter-audit-'));
  const { url, stop } = await serving(program, folder);
  return {
    url: `${url}/graphql`,
    stop: async () => {
      const status = await stop();
      rmSync(folder, { recursive: true });
      return status;
    },
  };
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
