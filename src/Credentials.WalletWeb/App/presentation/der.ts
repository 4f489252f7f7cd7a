import type { Bytes } from '../core/bytes.js';
import { must, type RefusalCode } from '../core/refusal.js';

const code: RefusalCode = 'certificate';

/** One element of DER: what it is, what is in it, and all of it. */
export interface Element {
  readonly tag: number;
  readonly content: Bytes;
  readonly whole: Bytes;
}

/** Reads the elements that lie one behind the other; anything but definite lengths in their shortest form is refused. */
export function elements(bytes: Bytes): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const start = at;
    const tag = bytes[at++]!;
    must((tag & 0x1f) !== 0x1f && at < bytes.length, code, 'der');
    let length = bytes[at++]!;
    if (length >= 0x80) {
      const octets = length & 0x7f;
      must(octets >= 1 && octets <= 3 && at + octets <= bytes.length, code, 'der');
      length = bytes.slice(at, at + octets).reduce((sum, byte) => sum * 256 + byte, 0);
      must(length >= (octets === 1 ? 0x80 : 256 ** (octets - 1)), code, 'der');
      at += octets;
    }
    must(at + length <= bytes.length, code, 'der');
    found.push({ tag, content: bytes.slice(at, at + length), whole: bytes.slice(start, at + length) });
    at += length;
  }
  return found;
}

/** The one element that these bytes are, of that tag. */
export function only(bytes: Bytes, tag: number): Element {
  const found = elements(bytes);
  must(found.length === 1 && found[0]!.tag === tag, code, 'der');
  return found[0]!;
}

/** An object identifier with dots. */
export function oid(content: Bytes): string {
  const parts: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      parts.push(value);
      value = 0;
    }
  }
  const first = parts[0] ?? 0;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...parts.slice(1)].join('.');
}

/** UTCTime or GeneralizedTime, in milliseconds since 1970. */
export function time(element: Element): number {
  const text = new TextDecoder().decode(element.content);
  const [, year, month, day, hour, minute, second] = (element.tag === 0x17 ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(text) ?? [];
  must(year !== undefined && (element.tag === 0x17 || element.tag === 0x18), code, 'time');
  // RFC 5280, 4.1.2.5.1: two digits from 50 on are of the last century.
  const full = element.tag === 0x18 ? Number(year) : Number(year) + (Number(year) >= 50 ? 1900 : 2000);
  return Date.UTC(full, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}
