import type { World } from '../core/http.js';
import { isObject, same, type Json, type JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';
import type { Configuration } from '../issuance/choose.js';
import { didWebOf } from './did.js';
import { readHeld, type Held } from './held.js';
import { didJwk, didKey, type KeyPair } from './keys.js';
import { signedByIssuer } from './signature.js';

/** Looks at a credential before it is stored: of the issuer that was asked, of the kind that was asked for, bound to the key that was proven, and not forged. What could not be checked comes back unchecked. */
export async function readReceived(world: World, configuration: Configuration, credential: string | JsonObject, issuer: string, keys: KeyPair | undefined): Promise<{ held: Held; checked: boolean }> {
  const held = await readHeld(configuration.format, credential);
  must(held.issuer === issuer || held.issuer === didWebOf(issuer) || !sameKind(held.issuer), 'issuer_mismatch', 'iss');
  must(configuration.vct === undefined || held.claims.vct === configuration.vct, 'credential_foreign', 'vct');
  if (keys) {
    must(boundTo(held, keys), 'credential_foreign', held.format === 'dc+sd-jwt' ? 'cnf' : 'credentialSubject.id');
  }
  if (held.header) {
    return { held, checked: await signedByIssuer(world, held.sdJwt?.jwt ?? held.text, held.header, held.issuer) === true };
  }
  must(provenBy(held.claims, held.issuer), 'issuer_mismatch', 'proof');
  return { held, checked: false };
}

/** Whether a plain file says of the same learner what the form beside it says, under the same issuer: its proof, for which a browser has no JSON-LD, is then vouched for by that form's signature. Null where that form has no whole diploma to compare with. */
export function agrees(file: Held, beside: Held): boolean | null {
  const { diploma } = beside.claims;
  const { credentialSubject: subject } = file.claims;
  if (!isObject(diploma)) {
    return null;
  }
  const names = [beside.issuer, ...(/^https?:/.test(beside.issuer) ? [didWebOf(beside.issuer)] : [])];
  return isObject(subject) && names.includes(file.issuer) && same(nameless(subject), nameless(diploma));
}

const nameless = ({ id: _, ...rest }: JsonObject): JsonObject => rest;

// A proof names its key; a key of somebody else's is no proof of the issuer's.
function provenBy({ proof }: JsonObject, issuer: string): boolean {
  const ids = [issuer, ...(/^https?:/.test(issuer) ? [didWebOf(issuer)] : [])];
  return (Array.isArray(proof) ? proof : [proof]).some(one => {
    const method = isObject(one) ? isObject(one.verificationMethod) ? one.verificationMethod.id : one.verificationMethod : undefined;
    return typeof method === 'string' && ids.some(id => method.startsWith(`${id}#`) || method === id);
  });
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
