// An OpenID provider on this machine: a client for each role, and access tokens for the API as signed JWTs.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

export const AUDIENCE = 'lookedafter';
const RESOURCE = 'https://lookedafter.example';
const SECRET = 'invented for this test and good for nothing';

// A private key as a JSON Web Key; the provider publishes its public half.
export const key = (kid) => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  alg: 'RS256',
});

const resource = (audience) => ({
  scope: 'cla.read',
  audience,
  accessTokenFormat: 'jwt',
  accessTokenTTL: 300,
  jwt: { sign: { alg: 'RS256' } },
});

const settings = (keys, clients) => ({
  jwks: { keys },
  scopes: ['cla.read'],
  clients: clients.map(({ id }) => ({
    client_id: id,
    client_secret: SECRET,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  })),
  ttl: { ClientCredentials: 300 },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: (_context, asked) => resource(asked === RESOURCE ? AUDIENCE : 'another'),
    },
  },
  // What the provider says of each client besides.
  extraTokenClaims: (_context, token) => clients.find(({ id }) => id === token.clientId).claims,
});

// Starts the provider on a port that the system chooses, or starts it again on the same port with other keys; the first
// key signs. It counts how often its keys are read.
export const serve = async (keys, clients, same = 0) => {
  const server = createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(same, '127.0.0.1', resolve));
  const { port } = server.address();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, settings(keys, clients));
  const answer = provider.callback();
  let readings = 0;
  server.on('request', (request, response) => {
    readings += request.url === '/jwks' ? 1 : 0;
    return answer(request, response);
  });
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  const token = async (client, { scope, to = RESOURCE } = {}) => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', resource: to, ...(scope ? { scope } : {}) });
    const encoded = encodeURIComponent(SECRET).replaceAll('%20', '+');
    const authorization = `Basic ${Buffer.from(`${client}:${encoded}`).toString('base64')}`;
    // No connection is kept for the next provider on this port.
    const headers = { authorization, connection: 'close' };
    const given = await fetch(`${issuer}/token`, { method: 'POST', headers, body });
    const json = await given.json();
    if (!given.ok) throw new Error(`the provider gives no token: ${JSON.stringify(json)}`);
    return json.access_token;
  };
  return { issuer, port, token, stop, readings: () => readings };
};
