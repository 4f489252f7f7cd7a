// Runs Forge itself: npm's launcher (`node_modules/.bin/forge`) drops the exit status, and every failure looks like success.
//   node tools/forge.mjs <arguments of forge>
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { argv, env, exit, platform } from "node:process";
import { arch } from "node:os";
import { fileURLToPath } from "node:url";

export const contracts = join(dirname(fileURLToPath(import.meta.url)), "..");

const binary = () => {
  const folder = `@foundry-rs/forge-${platform}-${arch() === "x64" ? "amd64" : arch()}`;
  try {
    return env.FORGE ?? createRequire(import.meta.url).resolve(`${folder}/bin/forge${platform === "win32" ? ".exe" : ""}`);
  } catch {
    console.error(`contracts: no ${folder} here. Run npm ci; where the feed has no such package, set FORGE to the path of forge 1.7.1.`);
    exit(1);
  }
};

/** Runs Forge in contracts/, because the path of the compiler is relative to the current folder. */
export const forge = (args, options) => spawnSync(binary(), args, { cwd: contracts, encoding: "utf8", ...options });

if (argv[1] === fileURLToPath(import.meta.url)) {
  exit(forge(argv.slice(2), { stdio: "inherit" }).status ?? 1);
}
