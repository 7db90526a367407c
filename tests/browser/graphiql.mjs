// The page to try queries on: it asks one server alone, says who asks, completes what the role may see, and keeps no token.

const AUTHORITY = 'E09000015';
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const EDITOR = '.graphiql-query-editor .CodeMirror';

export const graphiql = async (browser, { url, token }, check) => {
  const page = await browser.newPage();
  const [asked, complaints, schemas] = [new Set(), [], []];
  page.on('request', (request) => asked.add(new URL(request.url()).protocol === 'data:' ? 'data:' : new URL(request.url()).origin));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('response', async (response) => {
    if (response.request().postData()?.includes('IntrospectionQuery')) schemas.push(response.status());
  });
  await page.evaluateOnNewDocument(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`refused by the policy: ${violatedDirective} ${blockedURI}`));
  });
  await page.setViewport({ width: 1280, height: 800 });

  const text = (selector) => page.$eval(selector, (element) => element.textContent);
  const told = (words) => page.waitForFunction((wanted) => document.querySelector('.asker output').textContent.includes(wanted), {}, words);
  const write = (query) => page.$eval(EDITOR, (element, value) => {
    element.CodeMirror.setValue(value);
    element.CodeMirror.setCursor(element.CodeMirror.lastLine(), value.length);
    element.CodeMirror.focus();
  }, query);
  const answer = async (query, words) => {
    await write(query);
    // What is typed is taken over after a moment.
    await pause(500);
    await page.click('.graphiql-execute-button');
    await page.waitForFunction((wanted) =>
      document.querySelector('.result-window .CodeMirror')?.CodeMirror.getValue().includes(wanted), {}, words);
  };
  // The names that are offered for what is typed at the end of a query.
  const completions = async (query, typed) => {
    await write(query);
    await page.keyboard.type(typed);
    await page.waitForSelector('.CodeMirror-hints li');
    const names = await page.$$eval('.CodeMirror-hints li', (items) => items.map((item) => item.textContent));
    await page.keyboard.press('Escape');
    return names;
  };
  const use = async (name, value) => {
    const field = await page.$(`.asker input[name=${name}]`);
    await field.click({ count: 3 });
    await field.type(value);
  };
  // The schema has been read so many times.
  const read = async (count) => {
    for (let tries = 0; schemas.length < count && tries < 200; tries += 1) await pause(50);
    await page.waitForFunction(() => !document.querySelector('.graphiql-spinner'));
    await pause(200);
  };

  await page.goto(`${url}/graphiql`);
  await told('You ask as public.');
  await read(1);
  check(await page.$$eval('.asker label', (labels) => labels.map((label) => label.textContent.trim())), ['Token', 'Role', 'Purpose'],
    'fields have labels');
  const before = await completions('{ authority(by: {onsCode: "E09000015"}) { ', 'chil');
  check(before.includes('children'), false, 'nobody is offered what they may not see');

  const analyst = token('analyst', AUTHORITY);
  await use('token', analyst);
  await use('role', 'analyst');
  await use('purpose', 'performance-monitoring');
  await page.keyboard.press('Enter');
  await told('You ask as analyst.');
  await read(2);
  check(await page.$$eval('#roles option', (options) => options.map((option) => option.value)), ['analyst'],
    'roles are those of the token');
  const after = await completions('{ authority(by: {onsCode: "E09000015"}) { ', 'chil');
  check(after.includes('children'), true, 'completion follows the role');
  await answer('{ viewer { role purpose } }', '"purpose": "performance-monitoring"');
  check((await text('.result-window .CodeMirror-code')).includes('"analyst"'), true, 'a query is answered');

  await use('token', `${analyst}x`);
  await page.click('.asker button');
  await told('token');
  await use('token', analyst);
  await page.click('.asker button');
  await told('You ask as analyst.');
  check(complaints.filter((complaint) => !complaint.includes('401')), [], 'nothing is complained of');

  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  check(kept.includes(analyst), false, 'the token is kept nowhere');
  check(await page.evaluate(() => localStorage.length), 0, 'nothing is kept when the tab is closed');

  for (const button of ['Show Documentation Explorer', 'Show History', 'Open settings dialog', 'Open short keys dialog']) {
    await page.click(`button[aria-label="${button}"]`);
    await pause(300);
    if (button === 'Show History') check((await page.$$('.graphiql-history-item')).length > 0, true, 'queries can be found again');
    if (button.startsWith('Open')) await page.keyboard.press('Escape');
  }
  check(complaints.filter((complaint) => !complaint.includes('401')), [], 'nothing is complained of when all is opened');
  asked.delete('data:');
  check([...asked], [url], 'no other server is asked');

  await page.reload();
  await told('You ask as public.');
  check(await page.$eval(EDITOR, ({ CodeMirror }) => CodeMirror.getValue()), '{ viewer { role purpose } }', 'the query is still there');
  check(await page.$eval('.asker input[name=token]', (field) => field.value), '', 'the token is gone when the page is loaded again');
  await page.close();
};
