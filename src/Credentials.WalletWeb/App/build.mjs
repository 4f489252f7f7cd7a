// Bundles the web app into one file: name -> text.
// usage: node build.mjs OUTPUT
import {createHash} from 'node:crypto';
import {mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
const read = name => readFileSync(join(folder, name), 'utf8');
const common = {absWorkingDir: folder, bundle: true, minify: true, write: false, target: 'es2022', legalComments: 'none', charset: 'utf8', logLevel: 'warning'};
const app = {};

// The decoder of QR codes is a chunk of its own, fetched when a camera is opened that has none.
const {outputFiles} = await build({...common, entryPoints: ['main.ts'], format: 'esm', splitting: true, outdir: 'out', chunkNames: 'chunk-[hash]'});
for(const file of outputFiles) {
  app[basename(file.path)] = file.text;
}

const {outputFiles: [style]} = await build({...common, entryPoints: ['main.css'], outdir: 'out'});
app['main.css'] = style.text;
app['icon.svg'] = read('icon.svg');
app['index.html'] = read('index.html');

const languages = join(folder, '..', 'Languages');
const names = readdirSync(languages).filter(name => name.endsWith('.json')).sort();
const english = Object.keys(JSON.parse(readFileSync(join(languages, 'en.json'), 'utf8')));
for(const name of names) {
  const words = JSON.parse(readFileSync(join(languages, name), 'utf8'));
  const differing = [...english.filter(key => !(key in words)), ...Object.keys(words).filter(key => !english.includes(key))];
  if(differing.length > 0) {
    console.error(`${join(languages, name)} : error WAL001: these words are not those of en.json: ${differing.join(', ')}`);
    process.exit(1);
  }

  app[`languages-${name}`] = JSON.stringify(words);
}

// The worker knows what it keeps, and changes when any of it does.
const version = createHash('sha256').update(JSON.stringify(app)).digest('hex').slice(0, 16);
const files = Object.keys(app).filter(name => name !== 'index.html').map(name => `/${name}`);
const {outputFiles: [worker]} = await build({...common, entryPoints: ['worker.ts'], format: 'iife', outdir: 'out', define: {FILES: JSON.stringify(files), VERSION: JSON.stringify(version)}});
app['worker.js'] = worker.text;

const output = process.argv[2];
mkdirSync(dirname(output), {recursive: true});
const part = `${output}.${process.pid}`;
writeFileSync(part, JSON.stringify(app));
renameSync(part, output);
