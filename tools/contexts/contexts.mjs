// Writes the contexts that pins.json names, as the installed packages hold them, into one file: URL -> document.
// usage: node contexts.mjs OUTPUT | node contexts.mjs --pin
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const pinsFile = join(folder, 'pins.json');
const pins = JSON.parse(readFileSync(pinsFile, 'utf8'));

// RFC 8785 for what contexts hold: texts, booleans, null and 1.1.
const jcs = value => Array.isArray(value) ? `[${value.map(jcs).join()}]`
  : value && typeof value === 'object' ? `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${jcs(value[name])}`).join()}}`
  : JSON.stringify(value);

// Its package is broken, and the document is but this.
const found = new Map([['https://www.w3.org/ns/credentials/examples/v2', {'@context': {'@vocab': 'https://www.w3.org/ns/credentials/examples#'}}]]);
const require = createRequire(import.meta.url);
for(const name of Object.keys(require('./package.json').dependencies)) {
  const module = await import(pathToFileURL(require.resolve(name)));
  (module.contexts ?? module.default.contexts).forEach((document, url) => found.set(url, document));
}

const digest = url => createHash('sha256').update(jcs(found.get(url))).digest('hex');
if(process.argv[2] === '--pin') {
  writeFileSync(pinsFile, `${JSON.stringify(Object.fromEntries(Object.keys(pins).map(url => [url, digest(url)])), null, 2)}\n`);
  process.exit();
}

let wrong = false;
for(const [url, pin] of Object.entries(pins)) {
  const is = found.has(url) ? digest(url) : 'in no package';
  if(is !== pin) {
    console.error(`${pinsFile} : error CTX001: the context ${url} is pinned as ${pin}, and it is ${is}`);
    wrong = true;
  }
}

if(wrong) {
  process.exit(1);
}

const output = process.argv[2];
mkdirSync(dirname(output), {recursive: true});
const part = `${output}.${process.pid}`;
writeFileSync(part, `{${Object.keys(pins).map(url => `${JSON.stringify(url)}:${jcs(found.get(url))}`).join(',\n')}}\n`);
renameSync(part, output);
