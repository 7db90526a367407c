// Builds the page to try queries on into dist, whose files are built into the program: script, styles, and the licences of
// all that is in them. The same lock file gives the same files.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

process.chdir(new URL('.', import.meta.url).pathname);

// Fonts within the styles would be most of their size.
const withoutFonts = {
  name: 'without-fonts',
  setup({ onLoad }) {
    onLoad({ filter: /\/graphiql\/.*\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(/@font-face\s*\{[^}]*\}/g, ''),
      loader: 'css',
    }));
  },
};

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
const { metafile } = await build({
  entryPoints: { page: 'src/page.jsx' },
  outdir: 'dist',
  bundle: true,
  minify: true,
  metafile: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  alias: { 'react-style-singleton': './src/react-style-singleton.js' },
  plugins: [withoutFonts],
  logLevel: 'warning',
});

// The packages whose files are in the bundle.
const packages = new Set();
for (const input of Object.keys(metafile.inputs)) {
  const within = input.match(/^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (within) packages.add(within[0]);
}
// Some packages name the licence and leave its text out.
const mit = readFileSync('../LICENSE-MIT', 'utf8');
const licences = [...packages].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  if (!file && license !== 'MIT') throw new Error(`${name} has no text of its licence, ${license}`);
  const text = file ? readFileSync(join(folder, file), 'utf8') : mit.replace(/^Copyright.*$/m, `Copyright (c) the authors of ${name}`);
  return `${name} ${version} (${license})\n\n${text.replaceAll('\r', '').trim()}\n`;
});
writeFileSync('dist/licences.txt', licences.join(`\n${'-'.repeat(80)}\n\n`));

const digest = (file) => createHash('sha256').update(readFileSync(join('dist', file))).digest('hex').slice(0, 16);
const page = readFileSync('src/index.html', 'utf8').replaceAll(/\{(page\.\w+)\}/g, (_, file) => digest(file));
writeFileSync('dist/index.html', page);
