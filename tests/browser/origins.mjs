// Pages of other origins: what they are let ask, and what they may read.

const QUERY = { query: '{ viewer { role } }' };

export const origins = async (browser, { url, token }, { named, other }, check) => {
  const bearer = `Bearer ${token('analyst', 'E09000015')}`;
  // Asks from a page of an origin: what the page can read of the answer.
  const ask = async (origin, headers, path = '/graphql', body = QUERY) => {
    const page = await browser.newPage();
    await page.goto(origin);
    const answer = await page.evaluate(async (address, sent, content) => {
      try {
        const read = await fetch(address, content && { method: 'POST', headers: sent, body: JSON.stringify(content) });
        const answered = await read.text();
        return {
          status: read.status,
          role: answered.startsWith('{"data"') ? JSON.parse(answered).data.viewer.role : null,
          code: answered.startsWith('{"errors"') ? JSON.parse(answered).errors[0].extensions.code : null,
          id: read.headers.get('x-request-id')?.length,
        };
      } catch (error) {
        return error.name;
      }
    }, url + path, headers, body);
    await page.close();
    return answer;
  };
  const json = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  const all = { ...json, authorization: bearer, 'x-purpose': 'performance-monitoring', 'x-active-role': 'analyst', 'x-case-reference': '1' };

  check(await ask(named.origin, all), { status: 200, role: 'analyst', code: null, id: 36 }, 'a named origin asks with a token');
  check(await ask(named.origin, { ...all, authorization: 'Bearer wrong' }),
    { status: 401, role: null, code: 'UNAUTHENTICATED', id: 36 }, 'a named origin reads why it is refused');
  check(await ask(named.origin, json, '/graphql', { query: 'x'.repeat(300_000) }),
    { status: 413, role: null, code: 'TOO_LARGE', id: 36 }, 'a named origin reads that it asked too much');
  check(await ask(named.origin, { ...all, 'x-other': '1' }), 'TypeError', 'a named origin may send no other header');
  check(await ask(named.origin, {}, `/graphql?query=${encodeURIComponent(QUERY.query)}`, null),
    { status: 200, role: 'public', code: null, id: 36 }, 'a named origin asks by GET');

  check(await ask(other.origin, all), 'TypeError', 'another origin asks with a token');
  check(await ask(other.origin, json), 'TypeError', 'another origin asks without one');
  check(await ask(other.origin, {}, `/graphql?query=${encodeURIComponent(QUERY.query)}`, null), 'TypeError',
    'another origin cannot read what it asks by GET');
  check(await ask(other.origin, {}, '/schema.graphql', null), 'TypeError', 'another origin cannot read the schema');
};
