import { SignJWT } from 'jose';
import { base64url, fromBase64url, fromUtf8, sha256, utf8 } from '../core/bytes.js';
import { isObject, readJson, readObject, type Json, type JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';
import type { KeyPair } from './keys.js';

const code = 'credential_malformed';

/** One claim that can be shown or kept back. */
export interface Disclosure {
  readonly encoded: string;
  readonly digest: string;
  /** Where it stands in the credential. */
  readonly path: readonly (string | number)[];
  readonly value: Json;
  /** Digests of the disclosures inside which it stands: they are shown with it. */
  readonly within: readonly string[];
}

/** An SD-JWT as the holder has it: everything disclosed. https://www.rfc-editor.org/rfc/rfc9901 */
export interface SdJwt {
  readonly jwt: string;
  readonly header: JsonObject;
  /** As it was signed, with digests. */
  readonly payload: JsonObject;
  /** With every disclosure in its place. */
  readonly claims: JsonObject;
  readonly disclosures: readonly Disclosure[];
}

export const decodeJwt = (jwt: string): { header: JsonObject; payload: JsonObject } => {
  const parts = jwt.split('.');
  must(parts.length === 3 && parts[2] !== '', code, 'jwt');
  const [header, payload] = parts.slice(0, 2).map(part => readObject(fromUtf8(fromBase64url(part, code), code), code));
  return { header: header!, payload: payload! };
};

export async function readSdJwt(text: string): Promise<SdJwt> {
  const parts = text.split('~');
  must(parts.length >= 2 && parts.at(-1) === '', code, 'sd-jwt');
  const jwt = parts[0]!;
  const { header, payload } = decodeJwt(jwt);
  must(payload._sd_alg === undefined || payload._sd_alg === 'sha-256', code, '_sd_alg');
  const held = new Map<string, { encoded: string; content: Json[] }>();
  for (const encoded of parts.slice(1, -1)) {
    const content = readJson(fromUtf8(fromBase64url(encoded, code, 'disclosure'), code), code);
    must(Array.isArray(content) && (content.length === 2 || content.length === 3) && typeof content[0] === 'string', code, 'disclosure');
    const digest = base64url(await sha256(utf8(encoded)));
    must(!held.has(digest), code, 'disclosure');
    held.set(digest, { encoded, content });
  }
  const found: Disclosure[] = [];
  const claims = new Unfolding(held, found).object(payload, [], []);
  // "If any Disclosure was not referenced by digest value in the Issuer-signed JWT, the SD-JWT MUST be rejected."
  must(found.length === held.size, code, 'disclosure');
  return { jwt, header, payload, claims, disclosures: found };
}

// Section 7.1, step 3: digests are replaced by what was disclosed, from the outside in.
class Unfolding {
  readonly #held: ReadonlyMap<string, { encoded: string; content: Json[] }>;
  readonly #found: Disclosure[];
  readonly #seen = new Set<string>();

  constructor(held: ReadonlyMap<string, { encoded: string; content: Json[] }>, found: Disclosure[]) {
    this.#held = held;
    this.#found = found;
  }

  object(value: JsonObject, path: (string | number)[], within: string[]): JsonObject {
    const open: JsonObject = {};
    for (const [name, member] of Object.entries(value)) {
      if (name !== '_sd' && !(name === '_sd_alg' && path.length === 0)) {
        open[name] = this.#any(member, [...path, name], within);
      }
    }
    const digests = value._sd ?? [];
    must(Array.isArray(digests), code, '_sd');
    for (const digest of digests) {
      const held = this.#take(digest, 3);
      if (held) {
        const [, name, inner] = held.content;
        // "If the claim name is _sd or ..., the SD-JWT MUST be rejected. If the claim name already exists at the level ..., the SD-JWT MUST be rejected."
        must(typeof name === 'string' && name !== '_sd' && name !== '...' && name !== '__proto__' && !Object.hasOwn(open, name), code, 'disclosure');
        open[name] = this.#disclosed(held.encoded, digest as string, inner!, [...path, name], within);
      }
    }
    return open;
  }

  #array(value: Json[], path: (string | number)[], within: string[]): Json[] {
    const open: Json[] = [];
    for (const item of value) {
      if (isObject(item) && '...' in item) {
        must(Object.keys(item).length === 1, code, '...');
        const held = this.#take(item['...'], 2);
        if (held) {
          open.push(this.#disclosed(held.encoded, item['...'] as string, held.content[1]!, [...path, open.length], within));
        }
      } else {
        open.push(this.#any(item, [...path, open.length], within));
      }
    }
    return open;
  }

  #any(value: Json, path: (string | number)[], within: string[]): Json {
    return Array.isArray(value) ? this.#array(value, path, within) : isObject(value) ? this.object(value, path, within) : value;
  }

  #take(digest: Json | undefined, length: number): { encoded: string; content: Json[] } | undefined {
    // "If any digest value is encountered more than once, the SD-JWT MUST be rejected."
    must(typeof digest === 'string' && !this.#seen.has(digest), code, 'digest');
    this.#seen.add(digest);
    const held = this.#held.get(digest);
    must(!held || held.content.length === length, code, 'disclosure');
    return held;
  }

  #disclosed(encoded: string, digest: string, inner: Json, path: (string | number)[], within: string[]): Json {
    const at = this.#found.length;
    this.#found.push({ encoded, digest, path, value: null, within });
    const value = this.#any(inner, path, [...within, digest]);
    this.#found[at] = { encoded, digest, path, value, within };
    return value;
  }
}

/** Which disclosures show these claims: those on the way to each, and those inside it. */
export function disclosuresFor(credential: SdJwt, paths: readonly (readonly (string | number)[])[]): Disclosure[] {
  const starts = (long: readonly (string | number)[], short: readonly (string | number)[]): boolean => short.every((part, at) => long[at] === part);
  return credential.disclosures.filter(disclosure => paths.some(path => starts(path, disclosure.path) || starts(disclosure.path, path)));
}

/** The credential with these disclosures only, in the issuer's order of digests. */
export const withDisclosures = (credential: SdJwt, chosen: readonly Disclosure[]): string =>
  [credential.jwt, ...chosen.map(disclosure => disclosure.encoded), ''].join('~');

/** Binds a presentation to one asker and one question. https://www.rfc-editor.org/rfc/rfc9901#section-4.3 */
export async function bind(presentation: string, keys: KeyPair, audience: string, nonce: string, now: number): Promise<string> {
  return presentation + await new SignJWT({ nonce, sd_hash: base64url(await sha256(utf8(presentation))) })
    .setProtectedHeader({ typ: 'kb+jwt', alg: 'ES256' })
    .setAudience(audience)
    .setIssuedAt(Math.floor(now / 1000))
    .sign(keys.privateKey);
}
