import type { World } from '../core/http.js';
import { isObject, same, type Json, type JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';
import type { Configuration } from '../issuance/choose.js';
import { didWebOf } from './did.js';
import { readHeld, type Held } from './held.js';
import { didJwk, didKey, type KeyPair } from './keys.js';
import { signedByIssuer } from './signature.js';

/** Looks at a credential before it is stored: of the issuer that was asked, of the kind that was asked for, bound to the key that was proven, and not forged. */
export async function readReceived(world: World, configuration: Configuration, credential: string | JsonObject, issuer: string, keys: KeyPair | undefined): Promise<Held> {
  const held = await readHeld(configuration.format, credential);
  must(held.issuer === issuer || held.issuer === didWebOf(issuer) || !sameKind(held.issuer), 'issuer_mismatch', 'iss');
  must(configuration.vct === undefined || held.claims.vct === configuration.vct, 'credential_foreign', 'vct');
  if (keys) {
    must(boundTo(held, keys), 'credential_foreign', held.format === 'dc+sd-jwt' ? 'cnf' : 'credentialSubject.id');
  }
  if (held.header) {
    await signedByIssuer(world, held.sdJwt?.jwt ?? held.text, held.header, held.issuer);
  }
  return held;
}

// An issuer may sign under a DID that no rule ties to its URL; one under another URL or another did:web is another issuer.
const sameKind = (issuer: string): boolean => /^(https?:|did:web:)/.test(issuer);

function boundTo(held: Held, keys: KeyPair): boolean {
  if (held.format === 'dc+sd-jwt') {
    const { cnf } = held.claims;
    return isObject(cnf) && (isObject(cnf.jwk) ? sameKey(cnf.jwk, keys) : typeof cnf.kid === 'string' && names(cnf.kid, keys));
  }
  const { cnf } = held.claims;
  const subjects = held.claims.credentialSubject;
  const ids = (Array.isArray(subjects) ? subjects : [subjects]).map(subject => isObject(subject) ? subject.id : undefined);
  return ids.some(id => typeof id === 'string' && names(id, keys)) || (isObject(cnf) && isObject(cnf.jwk) && sameKey(cnf.jwk, keys));
}

const sameKey = (jwk: Json, keys: KeyPair): boolean => isObject(jwk) &&
  same({ kty: jwk.kty ?? null, crv: jwk.crv ?? null, x: jwk.x ?? null, y: jwk.y ?? null }, keys.jwk as unknown as JsonObject);

function names(id: string, keys: KeyPair): boolean {
  const did = id.split('#')[0]!;
  return did === didJwk(keys.jwk) || did === didKey(keys.jwk);
}
