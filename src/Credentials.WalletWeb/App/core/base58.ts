import type { Bytes } from './bytes.js';
import { must, type RefusalCode } from './refusal.js';

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Base58 of the Bitcoin alphabet, without the multibase prefix. For keys and signatures only: its time grows with the square of the length. */
export function base58(bytes: Bytes): string {
  let number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let text = '';
  for (; number > 0n; number /= 58n) {
    text = alphabet[Number(number % 58n)] + text;
  }
  return '1'.repeat(leading(bytes, byte => byte === 0)) + text;
}

export function fromBase58(text: string, code: RefusalCode): Bytes {
  must(text.length <= 256, code, 'base58');
  let number = 0n;
  for (const character of text) {
    const digit = alphabet.indexOf(character);
    must(digit >= 0, code, 'base58');
    number = number * 58n + BigInt(digit);
  }
  const bytes: number[] = [];
  for (; number > 0n; number >>= 8n) {
    bytes.unshift(Number(number & 255n));
  }
  return new Uint8Array([...Array<number>(leading([...text], character => character === '1')).fill(0), ...bytes]);
}

function leading<T>(items: Iterable<T>, is: (item: T) => boolean): number {
  let count = 0;
  for (const item of items) {
    if (!is(item)) {
      break;
    }
    count++;
  }
  return count;
}
