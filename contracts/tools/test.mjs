// Everything that must hold before a change of the contracts is kept; stops at the first thing that does not.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { contracts, forge } from "./forge.mjs";

const output = ["ignore", "pipe", "inherit"];

const must = (what, run) => {
  console.log(`\n== ${what}`);
  const { status, stdout } = run();
  process.stdout.write(stdout ?? "");
  if (status !== 0) fail(what);
  return stdout;
};

const fail = (what) => {
  console.error(`\ncontracts: FAILED: ${what}`);
  process.exit(1);
};

const gasSnapshot = () => {
  const file = join(contracts, "snapshots", "CredentialRegistry.json");
  return existsSync(file) ? readFileSync(file, "utf8") : fail(`there is no ${file}: npm run snapshot, and commit it`);
};

must("format", () => forge(["fmt", "--check"], { stdio: output }));
must("build", () => forge(["build"], { stdio: output }));

// Forge fails on a figure that moved (foundry.toml); one that was not there before it merely adds.
const before = gasSnapshot();
const report = must("tests and gas snapshot", () => forge(["test"], { stdio: output }));
if (gasSnapshot() !== before) fail("the gas snapshot lacked a figure, which is added now: look at it, and commit it");

must("artifact and storage layout", () =>
  spawnSync(process.execPath, [join(contracts, "tools", "artifact.mjs"), "--check"], { encoding: "utf8", stdio: output }));

const tests = report.match(/^\[PASS\] .*$/gm) ?? [];
const those = (pattern) => tests.filter((line) => pattern.test(line)).length;
if (!report.includes(`${tests.length} tests passed, 0 failed, 0 skipped`) || tests.length === 0) fail("a test was skipped or not counted");

const gas = JSON.parse(before);
console.log(`\ncontracts: ${tests.length} tests passed, 0 skipped (${those(/_Refuses_/)} refusals, ${those(/testFuzz_/)} fuzzed, ` +
  `${those(/invariant_/)} invariants); gas: anchor ${gas.anchor}, revoke ${gas.revoke}; artifact and storage layout as checked in`);
