// Writes the examples of a page that have a name (```ts show.ts) into a folder.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [page, folder] = process.argv.slice(2);
const examples = [...readFileSync(page, 'utf8').matchAll(/^```(\w+)(?: ([\w.]+))?\n(.*?)^```$/gms)];
const unnamed = examples.filter(([, language, name]) => language && !name);
if (unnamed.length > 0) throw new Error(`an example without a name is not compiled: ${unnamed[0][0]}`);
const named = examples.filter(([, , name]) => name);
if (named.length === 0) throw new Error(`${page} has no examples`);
mkdirSync(folder, { recursive: true });
for (const [, , name, text] of named) writeFileSync(join(folder, name), text);
console.log(`${named.length} examples of ${page}`);
