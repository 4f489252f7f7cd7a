import { base58 } from '../core/base58.js';
import { base64url, concat, fromBase64url, sha256, utf8, type Bytes } from '../core/bytes.js';

/** The public half as it goes into proofs. */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

/** A P-256 key of which the private half is a handle: it signs, and cannot be read, not even by this program. */
export interface KeyPair {
  readonly privateKey: CryptoKey;
  readonly jwk: PublicJwk;
}

export async function newKeys(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']) as CryptoKeyPair;
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { privateKey: pair.privateKey, jwk: { kty: 'EC', crv: 'P-256', x: x!, y: y! } };
}

/** The key's SHA-256 thumbprint. https://www.rfc-editor.org/rfc/rfc7638 */
export const thumbprint = async ({ crv, kty, x, y }: PublicJwk): Promise<string> => base64url(await sha256(utf8(JSON.stringify({ crv, kty, x, y }))));

/** did:jwk of the key. https://github.com/quartzjer/did-jwk/blob/main/spec.md */
export const didJwk = (jwk: PublicJwk): string => `did:jwk:${base64url(utf8(JSON.stringify({ kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y })))}`;

/** did:key of the key: multicodec p256-pub and the compressed point. https://w3c-ccg.github.io/did-key-spec/ */
export const didKey = (jwk: PublicJwk): string => `did:key:z${base58(concat(new Uint8Array([0x80, 0x24]), compressed(jwk)))}`;

/** The DID URL of the one key of such a DID. */
export const keyId = (did: string): string => did.startsWith('did:key:') ? `${did}#${did.slice('did:key:'.length)}` : `${did}#0`;

function compressed(jwk: PublicJwk): Bytes {
  const y = fromBase64url(jwk.y);
  return concat(new Uint8Array([2 + (y.at(-1)! & 1)]), fromBase64url(jwk.x));
}

/** Raw ES256: r and s, 64 bytes. */
export const sign = async (keys: KeyPair, bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, bytes));
