import { must, type RefusalCode } from './refusal.js';

export type Bytes = Uint8Array<ArrayBuffer>;

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;

export const fromUtf8 = (bytes: Bytes, code: RefusalCode = 'unreadable'): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    must(false, code, 'utf-8');
  }
};

export function base64url(bytes: Bytes): string {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function base64(bytes: Bytes): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}

/** Strict base64url without padding. */
export function fromBase64url(text: string, code: RefusalCode = 'unreadable', what = 'base64url'): Bytes {
  must(/^[A-Za-z0-9_-]*$/.test(text) && text.length % 4 !== 1, code, what);
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
}

/** Base64 as certificates in `x5c` are written. */
export function fromBase64(text: string, code: RefusalCode = 'unreadable', what = 'base64'): Bytes {
  try {
    return Uint8Array.from(atob(text), character => character.charCodeAt(0)) as Bytes;
  } catch {
    must(false, code, what);
  }
}

export const sha256 = async (bytes: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/** A fresh value that nobody guesses: 128 bits unless told otherwise. */
export const random = (bytes = 16): string => base64url(crypto.getRandomValues(new Uint8Array(bytes)));

export const equal = (a: Bytes, b: Bytes): boolean => a.length === b.length && a.every((byte, at) => byte === b[at]);

export function concat(...parts: Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
