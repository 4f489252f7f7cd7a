import { compactVerify, importJWK, type JWK } from 'jose';
import { askObject, type World } from '../core/http.js';
import { isObject, type JsonObject } from '../core/json.js';
import { must, Refusal } from '../core/refusal.js';
import { wellKnown } from '../issuance/metadata.js';
import { asDid, didKeyOf, didWebOf } from './did.js';

const algorithms: Record<string, string> = { 'P-256': 'ES256', 'P-384': 'ES384', 'Ed25519': 'EdDSA' };

/** The algorithm that goes with a key; a header may not choose another. */
export function algorithmOf(jwk: JWK): string | undefined {
  return jwk.kty === 'EC' || jwk.kty === 'OKP' ? algorithms[jwk.crv ?? ''] : undefined;
}

/** Verifies a compact JWS under the key; false when it does not hold. */
export async function holds(jws: string, jwk: JWK): Promise<boolean> {
  const algorithm = algorithmOf(jwk);
  if (!algorithm) {
    return false;
  }
  try {
    const { kty, crv, x, y } = jwk;
    const key = await importJWK({ kty, crv, x, ...(y !== undefined && { y }) } as JWK, algorithm);
    await compactVerify(jws, key, { algorithms: algorithm === 'EdDSA' ? ['EdDSA', 'Ed25519'] : [algorithm] });
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether the issuer signed: true, or null where its keys cannot be had just now. What its key says no to is refused.
 * The full verdict, with status, anchor and accreditation, is the verifier's; this keeps forgeries out of the wallet.
 */
export async function signedByIssuer(world: World, jws: string, header: JsonObject, issuer: string): Promise<true | null> {
  const key = await issuerKey(world, header, issuer).catch((fault: unknown) => {
    if (fault instanceof Refusal && (fault.code === 'unreachable' || fault.code === 'answered')) {
      return null;
    }
    throw fault;
  });
  if (key === null) {
    return null;
  }
  must(await holds(jws, key), 'credential_forged', 'signature');
  return true;
}

async function issuerKey(world: World, header: JsonObject, issuer: string): Promise<JWK> {
  const kid = typeof header.kid === 'string' ? header.kid : undefined;
  if (kid?.startsWith('did:')) {
    const did = asDid(kid.split('#')[0]!, 'credential_forged');
    must(did === issuer || (/^https?:/.test(issuer) && did === didWebOf(issuer)), 'credential_forged', 'kid');
    return await didKeyOf(world, did, kid, 'credential_forged');
  }
  if (issuer.startsWith('did:')) {
    return await didKeyOf(world, asDid(issuer, 'credential_forged'), kid ? `${issuer}#${kid.replace(/^#/, '')}` : issuer, 'credential_forged');
  }
  // SD-JWT VC: the issuer's keys lie under /.well-known/jwt-vc-issuer.
  const metadata = await askObject(world, wellKnown(issuer, 'jwt-vc-issuer'));
  must(metadata.issuer === issuer, 'credential_forged', 'iss');
  const set = isObject(metadata.jwks) ? metadata.jwks : await askObject(world, String(metadata.jwks_uri));
  const keys = Array.isArray(set.keys) ? set.keys.filter(isObject) : [];
  const key = kid === undefined ? (keys.length === 1 ? keys[0] : undefined) : keys.find(candidate => candidate.kid === kid);
  must(key, 'credential_forged', 'kid');
  return key as JWK;
}
