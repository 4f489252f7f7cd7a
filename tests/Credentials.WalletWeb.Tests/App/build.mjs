// Checks and bundles the tests of the web app's protocol modules for Node.
// usage: node build.mjs OUTPUT
import {spawnSync} from 'node:child_process';
import {readdirSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const app = resolve(folder, '../../../src/Credentials.WalletWeb/App');
const {build} = createRequire(join(app, 'package.json'))('esbuild');

const checked = spawnSync(process.execPath, [join(app, 'node_modules/typescript/bin/tsc'), '--project', folder, '--pretty', 'false'], {stdio: 'inherit'});
if(checked.status !== 0) {
  process.exit(1);
}

rmSync(process.argv[2], {recursive: true, force: true});
await build({
  absWorkingDir: folder, bundle: true, platform: 'node', format: 'esm', target: 'node20', outdir: process.argv[2], outExtension: {'.js': '.mjs'},
  entryPoints: readdirSync(folder).filter(name => name.endsWith('.test.ts')), logLevel: 'warning',
  // Packages are the wallet's own.
  nodePaths: [join(app, 'node_modules')], conditions: ['browser'],
});
