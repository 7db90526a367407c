// Signs in to the API with tokens of a real OpenID provider: every role with its grant, what is refused, and a change
// of the provider's key while the API goes on.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serving } from '../serving.mjs';
import { AUDIENCE, key, serve } from './provider.mjs';

const AUTHORITY = 'E09000015';
const ROLES = [
  'neighbour_authority', 'panel_member', 'service_manager', 'analyst', 'virtual_school', 'health_partner',
  'police_yot', 'adoption_agency', 'inspector', 'data_steward', 'release_officer', 'information_governance', 'admin',
];

const [program] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'lookedafter-openid-'));
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const environment = {
  PATH: process.env.PATH,
  LOOKEDAFTER_DATA: folder,
  LOOKEDAFTER_ISSUERS: join(folder, 'issuers.toml'),
};
const lookedafter = (...args) =>
  execFileSync(program, args, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] }).toString().trim();

const grant = (subject, role, ...more) =>
  lookedafter('grant', 'add', '--subject', subject, '--role', role, '--authority', AUTHORITY,
    '--organisation', 'Invented', '--agreement', 'TEST', '--from', day(-1), '--to', day(role === 'inspector' ? 18 : 300),
    ...(role === 'inspector' ? ['--inspection', '10273'] : []),
    ...(role === 'health_partner' ? ['--commissions', AUTHORITY] : []), ...more);

// The API: asks with a token, and stops.
const start = async () => {
  const { url, stop } = await serving(program, folder, environment);
  const ask = async (token) => {
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-purpose': 'performance-monitoring',
        connection: 'close',
      },
      body: JSON.stringify({ query: '{ viewer { role } }' }),
    });
    const text = await answer.text();
    return { status: answer.status, text, role: answer.ok ? JSON.parse(text).data.viewer.role : undefined };
  };
  return { ask, stop };
};

const marked = { gty: 'client-credentials' };
const clients = [
  ...ROLES.map((role) => ({ id: role, claims: { ...marked, roles: [role], la: [AUTHORITY] } })),
  { id: 'delegate', claims: { roles: ['analyst'] } },
  { id: 'ungranted', claims: { ...marked, roles: ['analyst'] } },
  { id: 'suspended', claims: { ...marked, roles: ['analyst'] } },
  { id: 'astronaut', claims: { ...marked, roles: ['astronaut'] } },
  { id: 'elsewhere', claims: { ...marked, roles: ['analyst'], la: ['E09000005'] } },
];

let checks = 0;
let refusal;
const accepted = async (api, token, role, what) => {
  const { status, role: told } = await api.ask(token);
  assert.deepEqual([status, told], [200, role], what);
  checks += 1;
};
const refused = async (api, token, what) => {
  const { status, text } = await api.ask(token);
  assert.equal(status, 401, what);
  refusal ??= text;
  assert.equal(text, refusal, `${what}: every refusal is the same`);
  checks += 1;
};

let provider;
let api;
let failed;
try {
  const [first, second] = [key('k1'), key('k2')];
  provider = await serve([first], clients);
  const { issuer, port } = provider;
  writeFileSync(environment.LOOKEDAFTER_ISSUERS, `
[[issuer]]
issuer = "${issuer}"
shape = "oidc"
audience = "${AUDIENCE}"
algorithm = "RS256"
jwks = "${issuer}/jwks"
application = { claim = "gty", value = "client-credentials" }
application_roles = ${JSON.stringify(ROLES)}
`);
  lookedafter('migrate');
  for (const role of ROLES) grant(role, role);
  grant('delegate', 'analyst');
  grant('elsewhere', 'analyst');
  grant('astronaut', 'analyst');
  lookedafter('grant', 'suspend', grant('suspended', 'analyst'));
  api = await start();

  for (const role of ROLES) await accepted(api, await provider.token(role), role, role);
  await accepted(api, await provider.token('delegate', { scope: 'cla.read' }), 'analyst', 'for a person, with scope');
  await refused(api, await provider.token('delegate'), 'for a person, without scope');
  await refused(api, await provider.token('ungranted'), 'no grant');
  await refused(api, await provider.token('suspended'), 'a suspended grant');
  await refused(api, await provider.token('astronaut'), 'no known role');
  await refused(api, await provider.token('elsewhere'), 'an authority that is not granted');
  await refused(api, await provider.token('analyst', { to: 'https://another.example' }), 'another audience');
  const before = await provider.token('analyst');
  const [header, claims, signature] = before.split('.');
  await refused(api, `${header}.${claims}.${signature.slice(0, -4)}AAAA`, 'another signature');

  // The provider publishes a second key beside the first, and signs with it.
  await provider.stop();
  provider = await serve([second, first], clients, port);
  const after = await provider.token('analyst');
  await accepted(api, before, 'analyst', 'the old key inside the overlap');
  await accepted(api, after, 'analyst', 'the new key, at once');
  await accepted(api, before, 'analyst', 'the old key beside it');

  // Made-up names of keys do not have the provider asked again within the minute.
  const [, ...signed] = after.split('.');
  for (let name = 0; name < 20; name += 1) {
    const named = Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'at+jwt', kid: `made-up-${name}` }));
    await refused(api, [named.toString('base64url'), ...signed].join('.'), 'a made-up name of a key');
  }
  assert.equal(provider.readings(), 1, 'the keys were read once');
  checks += 1;

  // The first key is gone. An API that has read the keys since refuses what it signed.
  await provider.stop();
  provider = await serve([second], clients, port);
  assert.equal(await api.stop(), 0, 'the API stops when asked');
  api = await start();
  await accepted(api, after, 'analyst', 'the new key alone');
  await refused(api, before, 'the old key after the overlap');

  // While the provider is away the keys that were read go on.
  await provider.stop();
  provider = undefined;
  await accepted(api, after, 'analyst', 'the provider is away');
} catch (error) {
  failed = error;
}
await provider?.stop();
const status = await api?.stop();
rmSync(folder, { recursive: true });
if (failed) throw failed;
assert.equal(status, 0, 'the API stops when asked');
console.log(`${checks} checks with tokens of a real provider`);
