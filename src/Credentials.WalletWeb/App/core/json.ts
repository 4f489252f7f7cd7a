import { must, Refusal, type RefusalCode } from './refusal.js';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject { [name: string]: Json }

const deepest = 64;

/** JSON from outside. A name that stands twice in one object is refused: two readers could see two documents. */
export function readJson(text: string, code: RefusalCode = 'unreadable'): Json {
  try {
    const value = JSON.parse(text) as Json;
    scan(text, code);
    return value;
  } catch (fault) {
    throw fault instanceof Refusal ? fault : new Refusal(code, 'json');
  }
}

/** JSON whose root is an object. */
export function readObject(text: string, code: RefusalCode = 'unreadable'): JsonObject {
  return object(readJson(text, code), code, 'json');
}

// The text is known to be JSON: only names and depths are looked at.
function scan(text: string, code: RefusalCode): void {
  const open: (Set<string> | null)[] = [];
  for (const [token, string, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/gs)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null);
      must(open.length <= deepest, code, 'depth');
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (string && colon) {
      const name = JSON.parse(string) as string;
      const names = open.at(-1);
      must(!names?.has(name) && name !== '__proto__', code, name.slice(0, 80));
      names?.add(name);
    }
  }
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

export function object(value: Json | undefined, code: RefusalCode, what: string): JsonObject {
  must(isObject(value), code, what);
  return value;
}

export function text(value: Json | undefined, code: RefusalCode, what: string): string {
  must(typeof value === 'string' && value.length > 0, code, what);
  return value;
}

/** Undefined when the member is not there; refused when it is something else than a text. */
export const optionalText = (value: Json | undefined, code: RefusalCode, what: string): string | undefined =>
  value === undefined ? undefined : text(value, code, what);

export function texts(value: Json | undefined, code: RefusalCode, what: string): string[] {
  must(Array.isArray(value) && value.length > 0 && value.every(item => typeof item === 'string' && item.length > 0), code, what);
  return value as string[];
}

export const optionalTexts = (value: Json | undefined, code: RefusalCode, what: string): string[] | undefined =>
  value === undefined ? undefined : texts(value, code, what);

export function objects(value: Json | undefined, code: RefusalCode, what: string): JsonObject[] {
  must(Array.isArray(value) && value.length > 0 && value.every(isObject), code, what);
  return value as JsonObject[];
}

/** Equal as JSON, whatever the order of names. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, at) => same(item, b[at]));
  }
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every(name => Object.hasOwn(b, name) && same(a[name], b[name]));
  }
  return a === b;
}
