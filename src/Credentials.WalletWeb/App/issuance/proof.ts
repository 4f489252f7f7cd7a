import { SignJWT } from 'jose';
import { didJwk, didKey, keyId, type KeyPair } from '../credentials/keys.js';
import type { Configuration } from './choose.js';

/** Proof that the wallet holds the key to which the credential shall be bound. https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#appendix-F.1 */
export async function keyProof(keys: KeyPair, binding: NonNullable<Configuration['binding']>, audience: string, nonce: string | undefined, clientId: string | undefined, now: number): Promise<string> {
  // "kid ... MUST NOT be present if jwk or x5c is present."
  const key = binding === 'jwk' ? { jwk: keys.jwk } : { kid: keyId(binding === 'did:key' ? didKey(keys.jwk) : didJwk(keys.jwk)) };
  // "iss: ... MUST be omitted if the access token authorizing the issuance call was obtained from a Pre-Authorized Code Flow through anonymous access".
  return await new SignJWT({ ...(clientId && { iss: clientId }), ...(nonce && { nonce }) })
    .setProtectedHeader({ typ: 'openid4vci-proof+jwt', alg: 'ES256', ...key })
    .setAudience(audience)
    .setIssuedAt(Math.floor(now / 1000))
    .sign(keys.privateKey);
}
