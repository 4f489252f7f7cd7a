import type { JWK } from 'jose';
import { base64url, sha256 } from '../core/bytes.js';
import type { World } from '../core/http.js';
import type { JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';
import { asDid, didKeyOf } from '../credentials/did.js';
import { holds } from '../credentials/signature.js';
import { jwkOf, readChain } from './certificate.js';

const prefixes = ['redirect_uri', 'decentralized_identifier', 'x509_san_dns', 'x509_hash'] as const;

export type Prefix = typeof prefixes[number];

/** Who asks, as far as it is proven. */
export interface Verifier {
  readonly prefix: Prefix;
  readonly id: string;
  /** What the asker is proven to be: the holder of a web address, of a certificate that nobody known vouches for, of a key; or nothing. */
  readonly proven: 'domain' | 'certificate' | 'key' | 'nothing';
  /** To where the answer goes. */
  readonly host: string;
  /** What it calls itself: nobody has checked that. */
  readonly name?: string;
}

/** "The Client Identifier Prefix is defined as the string before the (first) `:` character." Unknown ones, and clients registered beforehand, are refused. */
export function prefixOf(clientId: string): { prefix: Prefix; id: string } {
  const at = clientId.indexOf(':');
  const prefix = prefixes.find(known => known === clientId.slice(0, at));
  must(at > 0 && prefix, 'verifier_unknown', clientId.slice(0, 80));
  const id = clientId.slice(at + 1);
  must(id !== '', 'verifier_unknown', prefix);
  return { prefix, id };
}

/** Whether the request object is signed by whom it names. https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#section-5.9.3 */
export async function authenticate(world: World, prefix: Prefix, id: string, signed: { jwt: string; header: JsonObject; now: number } | undefined): Promise<Verifier> {
  if (prefix === 'redirect_uri') {
    return { prefix, id, proven: 'nothing', host: '' };
  }
  must(signed, 'request_unsigned', prefix);
  if (prefix === 'decentralized_identifier') {
    const did = asDid(id, 'verifier_unknown');
    // "a particular public key used to sign the request MUST be identified by the kid in the JOSE Header."
    must(typeof signed.header.kid === 'string', 'request_forged', 'kid');
    must(await holds(signed.jwt, await didKeyOf(world, did, signed.header.kid, 'request_forged')), 'request_forged', 'signature');
    return { prefix, id, proven: did.startsWith('did:web:') ? 'domain' : 'key', host: '' };
  }
  const [leaf] = await readChain(signed.header.x5c, signed.now);
  if (prefix === 'x509_san_dns') {
    must(leaf!.names.includes(id.toLowerCase()), 'request_forged', 'x509_san_dns');
  } else {
    must(base64url(await sha256(leaf!.der)) === id, 'request_forged', 'x509_hash');
  }
  must(await holds(signed.jwt, await jwkOf(leaf!) as JWK), 'request_forged', 'signature');
  // A browser shows a page no roots: anybody can write any name into a certificate that they sign themselves.
  return { prefix, id, proven: 'certificate', host: '' };
}
