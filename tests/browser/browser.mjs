// What a real browser lets pages do: the page to try queries on works whole from one server; a page of a named origin may
// ask and read, one of another may not.
import assert from 'node:assert/strict';
import puppeteer from 'puppeteer-core';
import { graphiql } from './graphiql.mjs';
import { origins } from './origins.mjs';
import { api, site } from './server.mjs';

const [program, executablePath] = process.argv.slice(2);
const sites = { named: await site(), other: await site() };
const server = await api(program, [sites.named.origin]);
const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
const version = await browser.version();
let checks = 0;
const check = (actual, expected, what) => {
  assert.deepEqual(actual, expected, what);
  checks += 1;
};
try {
  await graphiql(browser, server, check);
  await origins(browser, server, sites, check);
} finally {
  await browser.close();
  await server.stop();
  await Promise.all(Object.values(sites).map(({ stop }) => stop()));
}
console.log(`${checks} checks in ${version}`);
