// What the caches make of answers: with the files of clients/, and no server.
import { InMemoryCache, gql } from '@apollo/client';
import { Client, type Exchange, makeOperation } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { possibleTypes, typePolicies } from './lookedafter/apollo';
import { keys, resolvers } from './lookedafter/urql';
import { apollo as client } from './apollo';

declare const require: (name: string) => any;
const test = require('node:test');
const assert = require('node:assert/strict');

const apollo = () => new InMemoryCache({ possibleTypes, typePolicies });
const authority = (fields: object) => ({ authority: { __typename: 'Authority', id: 'A', ...fields } });
const card = (rows: object[]) => authority({ scorecard: { __typename: 'Scorecard', id: 'S', rows } });
const scorecard = (fields: string) =>
  gql`{ authority(by: {onsCode: "E09000015"}) { id scorecard(period: {code: "2023-24-Q2"}) { id rows { ${fields} } } } }`;
const row = (fields: object) => ({ __typename: 'ScorecardRow', ...fields });

test('two views of one scorecard add to each other, row by row', () => {
  const cache = apollo();
  const [refs, targets] = [scorecard('ref'), scorecard('target { value }')];
  cache.writeQuery({ query: refs, data: card([row({ ref: 1 }), row({ ref: 2 })]) });
  const target = (value: number) => row({ target: { __typename: 'Target', value } });
  cache.writeQuery({ query: targets, data: card([target(90), target(80)]) });
  assert.deepEqual(cache.readQuery({ query: refs }), card([row({ ref: 1 }), row({ ref: 2 })]));
  assert.deepEqual(cache.readQuery({ query: targets }), card([target(90), target(80)]));
});

test('values of two figures do not run into each other', () => {
  const cache = apollo();
  const value = (indicator: string) => gql`{ authority(by: {onsCode: "E09000015"}) {
    id value(indicator: "${indicator}", period: {code: "2023-24-Q2"}) { id interval { lower upper } } } }`;
  const told = (id: string, lower: number) => authority({
    value: { __typename: 'IndicatorValue', id, interval: { __typename: 'Interval', lower, upper: lower + 1 } },
  });
  cache.writeQuery({ query: value('a'), data: told('1', 1) });
  cache.writeQuery({ query: value('b'), data: told('2', 2) });
  assert.deepEqual(cache.readQuery({ query: value('a') }), told('1', 1));
  assert.deepEqual(cache.readQuery({ query: value('b') }), told('2', 2));
});

const children = (first: number, after: string | null, fields: string) => ({
  query: gql`query ($first: Int!, $after: String) { authority(by: {onsCode: "E09000015"}) {
    id children(first: $first, after: $after) { pageInfo { hasNextPage endCursor } ${fields} } } }`,
  variables: { first, after },
});
const child = (id: string) => ({ __typename: 'Child', id });
const page = (endCursor: string, hasNextPage: boolean, items: object) => authority({
  children: { __typename: 'ChildConnection', pageInfo: { __typename: 'PageInfo', hasNextPage, endCursor }, ...items },
});
const nodes = (...ids: string[]) => ({ nodes: ids.map(child) });
const edges = (...ids: string[]) => ({ edges: ids.map((id) => ({ __typename: 'ChildEdge', cursor: id, node: child(id) })) });

test('pages become one list, by nodes and by edges', () => {
  for (const [items, fields] of [[nodes, 'nodes { id }'], [edges, 'edges { cursor node { id } }']] as const) {
    const cache = apollo();
    const write = (after: string | null, data: object) => cache.writeQuery({ ...children(2, after, fields), data });
    write(null, page('2', true, items('1', '2')));
    write('2', page('4', true, items('3', '4')));
    write('4', page('5', false, items('5')));
    assert.deepEqual(cache.readQuery(children(2, null, fields)), page('5', false, items('1', '2', '3', '4', '5')));
    write(null, page('b', true, items('a', 'b')));
    assert.deepEqual(cache.readQuery(children(2, null, fields)), page('b', true, items('a', 'b')), 'a list begun anew');
  }
});

test('a short list does not pass for a long one', () => {
  const cache = apollo();
  cache.writeQuery({ ...children(2, null, 'nodes { id }'), data: page('2', true, nodes('1', '2')) });
  assert.equal(cache.readQuery(children(50, null, 'nodes { id }')), null);
});

test('urql keeps everything that the schema has, without a complaint', async () => {
  const complaints: string[] = [];
  console.warn = (text: string) => complaints.push(text);
  console.error = (text: string) => complaints.push(text);
  const answers: Record<string, object> = {
    none: page('2', true, nodes('1', '2')),
    2: page('3', false, nodes('3')),
  };
  const { map, pipe, filter } = require('wonka');
  const server: Exchange = () => (operations) =>
    pipe(
      operations,
      filter(({ kind }: { kind: string }) => kind !== 'teardown'),
      map((operation: Parameters<typeof makeOperation>[1]) => ({
        operation,
        data: operation.variables?.first ? answers[operation.variables.after ?? 'none'] : card([row({ ref: 1, target: { __typename: 'Target', value: 90 } })]),
        stale: false,
        hasNext: false,
      })),
    );
  const client = new Client({ url: 'http://none', exchanges: [cacheExchange({ keys, resolvers }), server], preferGetMethod: false });
  const first = children(2, null, 'nodes { id }');
  await client.query(first.query, first.variables).toPromise();
  const { data } = await client.query(first.query, { first: 2, after: '2' }).toPromise();
  assert.deepEqual(data.authority.children.nodes.map(({ id }: { id: string }) => id), ['1', '2', '3']);
  assert.equal(data.authority.children.pageInfo.hasNextPage, false);
  const shown = await client.query(scorecard('ref target { value }'), {}).toPromise();
  assert.equal(shown.data.authority.scorecard.rows[0].target.value, 90);
  assert.deepEqual(complaints, []);
});

test('an ended token has its owner sign in, and a spent budget is waited for', async () => {
  const answers = [
    [429, { errors: [{ message: 'later', extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 0.01 } }] }, 'application/graphql-response+json'],
    [200, { data: { viewer: { __typename: 'Viewer', role: 'analyst' } } }, 'application/graphql-response+json'],
    [401, { errors: [{ message: 'sign in', extensions: { code: 'UNAUTHENTICATED' } }] }, 'application/json'],
  ] as const;
  const asked: Headers[] = [];
  globalThis.fetch = async (_address, options) => {
    const [status, body, type] = answers[asked.length];
    asked.push(new Headers(options?.headers));
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
  };
  let signedIn = 0;
  const asking = client('http://none/graphql', () => ({ token: 't', purpose: 'inspection' }), () => (signedIn += 1));
  const query = gql`{ viewer { role } }`;
  const { data } = await asking.query({ query, fetchPolicy: 'network-only' });
  assert.equal((data as any).viewer.role, 'analyst');
  assert.deepEqual([asked.length, signedIn], [2, 0]);
  await asking.query({ query, fetchPolicy: 'network-only' });
  assert.deepEqual([asked.length, signedIn], [3, 1]);
  const sent = ['authorization', 'x-purpose', 'x-active-role'].map((name) => asked[0].get(name));
  assert.deepEqual(sent, ['Bearer t', 'inspection', null]);
});
