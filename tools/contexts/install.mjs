// npm ci, by one process at a time: two builds may run side by side.
// usage: node install.mjs [FOLDER OF THE LOCK FILE, else this one]
import {spawnSync} from 'node:child_process';
import {closeSync, openSync, rmSync, statSync, utimesSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';

const folder = process.argv[2] ? resolve(process.argv[2]) : dirname(fileURLToPath(import.meta.url));
const lock = join(folder, '.installing');
const stamp = join(folder, 'node_modules', '.package-lock.json');
const patience = 120_000;

const age = file => Date.now() - (statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? 0);
const isCurrent = () => age(stamp) < age(join(folder, 'package-lock.json'));
const take = () => {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch(e) {
    if(e.code !== 'EEXIST') {
      throw e;
    }

    return false;
  }
};

while(!take()) {
  if(age(lock) > patience) {
    // Whoever took it was killed.
    rmSync(lock, {force: true});
  }

  await setTimeout(200);
}

try {
  if(!isCurrent()) {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const {status, error} = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      {cwd: folder, stdio: 'inherit', shell: process.platform === 'win32'});
    if(status !== 0) {
      console.error(`${join(folder, 'package-lock.json')} : error CTX003: npm ci failed${error ? `: ${error.message}` : ''}`);
      process.exitCode = 1;
    } else {
      utimesSync(stamp, new Date(), new Date());
    }
  }
} finally {
  rmSync(lock, {force: true});
}
