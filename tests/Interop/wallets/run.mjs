// usage: node wallets/run.mjs openid4vc|sphereon < TASK
// TASK is {"do": "accept" | "show", ...}; prints {"answer"} or {"error"}. What the wallets themselves print goes to standard error.
import {text} from 'node:stream/consumers';

console.log = console.info = console.debug = console.error;
const {do: task, ...options} = JSON.parse(await text(process.stdin));
let outcome;
try {
  const wallet = await import(`./${process.argv[2]}.mjs`);
  outcome = {answer: await wallet[task](options)};
} catch (error) {
  outcome = {error: `${error.name}: ${error.message}`, details: error.cause?.message ?? error.stack};
}

process.stdout.write(JSON.stringify(outcome) + '\n', () => process.exit(0));
