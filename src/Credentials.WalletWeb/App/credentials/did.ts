import type { JWK } from 'jose';
import { fromBase58 } from '../core/base58.js';
import { base64url, fromBase64url, fromUtf8, type Bytes } from '../core/bytes.js';
import { askObject, type World } from '../core/http.js';
import { isObject, readObject, type JsonObject } from '../core/json.js';
import { must, Refusal, type RefusalCode } from '../core/refusal.js';

/** The public key that a DID URL names: did:jwk, did:key (P-256, Ed25519) and did:web. A key that the DID's own document does not hold is refused. */
export async function didKeyOf(world: World, did: string, url: string, code: RefusalCode): Promise<JWK> {
  must(url === did || url.startsWith(`${did}#`) || url.startsWith('#'), code, 'kid');
  const fragment = url.includes('#') ? url.slice(url.indexOf('#') + 1) : '';
  if (did.startsWith('did:jwk:')) {
    must(fragment === '' || fragment === '0', code, 'kid');
    return readObject(fromUtf8(fromBase64url(did.slice(8), code), code), code) as JWK;
  }
  if (did.startsWith('did:key:')) {
    must(fragment === '' || fragment === did.slice(8), code, 'kid');
    return multikey(did.slice(8), code);
  }
  must(did.startsWith('did:web:'), code, 'did');
  must(fragment !== '', code, 'kid');
  const document = await askObject(world, webAddress(did, code));
  must(document.id === did, code, 'did');
  const methods = Array.isArray(document.verificationMethod) ? document.verificationMethod.filter(isObject) : [];
  const method = methods.find(method => method.id === `${did}#${fragment}` || method.id === `#${fragment}`);
  must(method, code, 'kid');
  return keyIn(method, code);
}

/** https://w3c-ccg.github.io/did-method-web/ : the colons of the path are slashes, the port is percent-encoded. */
export function webAddress(did: string, code: RefusalCode): string {
  const { authority, path } = partsOf(did, code);
  const scheme = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(authority) ? 'http' : 'https';
  return `${scheme}://${authority}${path.length > 0 ? `/${path.join('/')}` : '/.well-known'}/did.json`;
}

/** The host and path that a did:web stands for, as it may be shown: several tenants can live at one host. */
export function webNameOf(did: string, code: RefusalCode): string {
  const { authority, path } = partsOf(did, code);
  return [authority, ...path].join('/');
}

// Nothing is decoded but the colon before the port: an encoded slash, dot or change of direction would make another address of it.
function partsOf(did: string, code: RefusalCode): { authority: string; path: string[] } {
  const [host, ...path] = did.slice('did:web:'.length).split(':');
  must(host && /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(%3A\d{1,5})?$/i.test(host), code, 'did');
  must(path.every(part => /^([A-Za-z0-9._~-]|%(?!2[EF]|5C|25)[0-9A-F]{2})+$/i.test(part) && part !== '..' && part !== '.'), code, 'did');
  return { authority: host.replace(/%3A/i, ':').toLowerCase(), path };
}

/** The did:web of an https URL, by which an issuer that names itself by URL is known, too. */
export const didWebOf = (address: string): string => {
  const url = new URL(address);
  const path = url.pathname.split('/').filter(part => part !== '');
  return ['did:web', encodeURIComponent(url.host), ...path].join(':');
};

function keyIn(method: JsonObject, code: RefusalCode): JWK {
  if (isObject(method.publicKeyJwk)) {
    return method.publicKeyJwk as JWK;
  }
  must(typeof method.publicKeyMultibase === 'string', code, 'publicKeyMultibase');
  return multikey(method.publicKeyMultibase, code);
}

function multikey(text: string, code: RefusalCode): JWK {
  must(text.startsWith('z'), code, 'multibase');
  const bytes = fromBase58(text.slice(1), code);
  if (bytes[0] === 0xed && bytes[1] === 0x01 && bytes.length === 34) {
    return { kty: 'OKP', crv: 'Ed25519', x: base64url(bytes.slice(2)) };
  }
  must(bytes[0] === 0x80 && bytes[1] === 0x24 && bytes.length === 35, code, 'multicodec');
  return decompress(bytes.slice(2), code);
}

const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

// SEC 1, 2.3.4: y is a square root of x^3 - 3x + b; p = 3 (mod 4), so the root is a power.
function decompress(point: Bytes, code: RefusalCode): JWK {
  must(point[0] === 2 || point[0] === 3, code, 'point');
  const x = point.slice(1).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const square = (((x * x * x - 3n * x + b) % p) + p) % p;
  let y = power(square, (p + 1n) / 4n);
  must(x < p && (y * y) % p === square, code, 'point');
  if (Number(y & 1n) !== (point[0] & 1)) {
    y = p - y;
  }
  const bytes = Uint8Array.from(y.toString(16).padStart(64, '0').match(/../g)!, pair => Number.parseInt(pair, 16));
  return { kty: 'EC', crv: 'P-256', x: base64url(point.slice(1)), y: base64url(bytes) };
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let factor = base, left = exponent; left > 0n; left >>= 1n, factor = (factor * factor) % p) {
    if (left & 1n) {
      result = (result * factor) % p;
    }
  }
  return result;
}

/** Names that this wallet resolves. */
export function asDid(text: string, code: RefusalCode): string {
  if (!/^did:(jwk|key|web):[A-Za-z0-9._:%-]+$/.test(text)) {
    throw new Refusal(code, 'did');
  }
  return text;
}
