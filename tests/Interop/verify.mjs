// usage: node verify.mjs [--did DID-DOCUMENT-FILE]... FILE...
// Prints one JSON line for each verifier and file; exits 0 when every verifier takes every file.
import {readFileSync} from 'node:fs';
import {loaderOf} from './loader.mjs';
import {verifiers} from './verifiers.mjs';

const read = file => JSON.parse(readFileSync(file, 'utf8'));
const didDocuments = [];
const files = [];
for (let i = 2; i < process.argv.length; i++) {
  if (process.argv[i] === '--did') {
    didDocuments.push(read(process.argv[++i]));
  } else {
    files.push(process.argv[i]);
  }
}

if (files.length === 0) {
  console.error('usage: node verify.mjs [--did DID-DOCUMENT-FILE]... FILE...');
  process.exit(3);
}

const loader = loaderOf(didDocuments);
let all = true;
for (const file of files) {
  for (const [verifier, verify] of Object.entries(verifiers)) {
    const {verified, proofs, error} = await verify(read(file), loader);
    all &&= verified;
    console.log(JSON.stringify({file, verifier, verified, proofs, error}));
  }
}

process.exit(all ? 0 : 1);
