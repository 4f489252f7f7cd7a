// Keeps abi/ in step with the sources: what the rest of the system knows of the contract, made from a fresh compile.
//   node tools/artifact.mjs --write    writes the files
//   node tools/artifact.mjs --check    exits 1 if a checked-in file differs from what the sources give
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { contracts, forge } from "./forge.mjs";

const contractName = "CredentialRegistry";

const compile = () => {
  const folder = mkdtempSync(join(tmpdir(), "credentials-contracts-"));
  try {
    const where = ["--out", join(folder, "out"), "--cache-path", join(folder, "cache")];
    const { status } = forge(["build", "--force", "--skip", "test", ...where], { stdio: ["ignore", "ignore", "inherit"] });
    if (status !== 0) throw new Error("the contracts do not compile");
    return JSON.parse(readFileSync(join(folder, "out", `${contractName}.sol`, `${contractName}.json`), "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const artifact = ({ abi, bytecode, deployedBytecode, metadata }) => {
  // With either of them the deployed code, and so its hash, would depend on the deployment.
  if (Object.keys(deployedBytecode.immutableReferences ?? {}).length + Object.keys(bytecode.linkReferences).length > 0) {
    throw new Error(`${contractName} must have no immutables and no linked libraries: its code hash is a constant`);
  }
  const { evmVersion, optimizer } = metadata.settings;
  return {
    contractName,
    compiler: { version: metadata.compiler.version, evmVersion, optimizerRuns: optimizer.runs },
    abi,
    bytecode: bytecode.object,
    deployedBytecode: deployedBytecode.object,
    deployedCodeHash: "0x" + bytesToHex(keccak_256(hexToBytes(deployedBytecode.object.slice(2)))),
  };
};

// The compiler numbers its syntax tree through types and labels; those numbers move with any edit and mean nothing.
const storageLayout = (compiled) =>
  JSON.parse(JSON.stringify(compiled.storageLayout, (key, value) => (key === "astId" ? undefined : value))
    .replace(/(t_struct\(\w+\))\d+(_storage)/g, "$1$2"));

const mode = process.argv[2];
if (mode !== "--write" && mode !== "--check") {
  console.error("usage: node tools/artifact.mjs --write | --check");
  process.exit(2);
}

const compiled = compile();
const files = { "abi/CredentialRegistry.json": artifact(compiled), "abi/storage-layout.json": storageLayout(compiled) };

for (const [name, content] of Object.entries(files)) {
  const file = join(contracts, name);
  const text = JSON.stringify(content, null, 2) + "\n";
  if (mode === "--write") {
    writeFileSync(file, text);
    console.log(`wrote ${name}`);
  } else if (existsSync(file) && readFileSync(file, "utf8") === text) {
    console.log(`${name} is what the sources give`);
  } else {
    console.error(`${name} is not what the sources give. If the change is meant: npm run artifact, and commit it.` +
      (name.endsWith("layout.json") ? " A moved slot breaks every state proof: it needs a new version of the formats." : ""));
    process.exitCode = 1;
  }
}
