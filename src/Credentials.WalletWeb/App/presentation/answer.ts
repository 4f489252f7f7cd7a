import { SignJWT } from 'jose';
import { base58 } from '../core/base58.js';
import { concat, sha256, utf8 } from '../core/bytes.js';
import { jcs } from '../core/jcs.js';
import { isObject, readObject, type Json, type JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';
import type { Held } from '../credentials/held.js';
import { didJwk, didKey, keyId, sign, type KeyPair } from '../credentials/keys.js';
import { bind } from '../credentials/sdjwt.js';
import type { Match, Way } from './match.js';
import type { PresentationRequest } from './request.js';
import { disclosed } from './revealed.js';

/** What the learner agreed to show. */
export interface Choice {
  readonly match: Match;
  readonly way: Way;
}

/** The vp_token: presentations by the id of the credential query. https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#section-8.1 */
export async function vpToken(request: PresentationRequest, choices: readonly Choice[], keysOf: (card: string, held: Held) => Promise<KeyPair>, now: number): Promise<JsonObject> {
  const token: Record<string, Json[]> = {};
  for (const choice of choices) {
    const { query } = choice.match;
    must(query.multiple || token[query.id] === undefined, 'query_malformed', 'multiple');
    (token[query.id] ??= []).push(await present(request, choice, keysOf, now));
  }
  return token;
}

/** Whether the asker takes a presentation that this wallet can sign in that form. */
export function canShow(request: Pick<PresentationRequest, 'metadata'>, held: Held, bound: boolean): boolean {
  const formats = request.metadata.vp_formats_supported;
  if (formats === undefined) {
    return true;
  }
  const format = isObject(formats) ? formats[held.format] : undefined;
  if (!isObject(format)) {
    return false;
  }
  const takes = (name: string, value: string): boolean => !Array.isArray(format[name]) || format[name].includes(value);
  return !bound || (held.format === 'dc+sd-jwt' ? takes('kb-jwt_alg_values', 'ES256')
    : held.format === 'ldp_vc' ? takes('proof_type_values', 'DataIntegrityProof') && takes('cryptosuite_values', 'ecdsa-jcs-2019')
      : takes('alg_values', 'ES256'));
}

async function present(request: PresentationRequest, { match, way }: Choice, keysOf: (card: string, held: Held) => Promise<KeyPair>, now: number): Promise<Json> {
  const { held, query } = match;
  if (held.sdJwt) {
    const shown = disclosed(held, way);
    return query.bound ? await bind(shown, await keysOf(match.card, held), request.clientId, request.nonce, now) : shown;
  }
  if (!query.bound) {
    return held.format === 'ldp_vc' ? readObject(held.text) : held.text;
  }
  const keys = await keysOf(match.card, held);
  const holder = holderOf(held, keys);
  return held.format === 'ldp_vc' ? await ldpVp(readObject(held.text), keys, holder, request, now) : await jwtVp(held, keys, holder, request, now);
}

/** The DID under which the issuer wrote the holder: made of our key, in one of two ways. */
function holderOf(held: Held, keys: KeyPair): string {
  const subjects = held.claims.credentialSubject;
  const ids = (Array.isArray(subjects) ? subjects : [subjects]).map(subject => isObject(subject) ? subject.id : undefined);
  return ids.includes(didKey(keys.jwk)) ? didKey(keys.jwk) : didJwk(keys.jwk);
}

async function jwtVp(held: Held, keys: KeyPair, holder: string, request: PresentationRequest, now: number): Promise<string> {
  const iat = Math.floor(now / 1000);
  const presentation: JsonObject = held.format === 'vc+jwt'
    ? {
      '@context': ['https://www.w3.org/ns/credentials/v2'], 'type': ['VerifiablePresentation'], holder,
      'verifiableCredential': [{ '@context': ['https://www.w3.org/ns/credentials/v2'], 'id': `data:application/vc+jwt,${held.text}`, 'type': ['EnvelopedVerifiableCredential'] }],
    }
    : { vp: { '@context': ['https://www.w3.org/2018/credentials/v1'], 'type': ['VerifiablePresentation'], holder, 'verifiableCredential': [held.text] } };
  return await new SignJWT({ ...presentation, iss: holder, nonce: request.nonce, jti: `urn:uuid:${crypto.randomUUID()}` })
    .setProtectedHeader({ alg: 'ES256', typ: held.format === 'vc+jwt' ? 'vp+jwt' : 'JWT', kid: keyId(holder) })
    .setAudience(request.clientId).setIssuedAt(iat).setNotBefore(iat).setExpirationTime(iat + 300)
    .sign(keys.privateKey);
}

// ecdsa-jcs-2019 rather than rdfc: the whole JSON-LD machine would stand in every learner's browser for this one signature. https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019
async function ldpVp(credential: JsonObject, keys: KeyPair, holder: string, request: PresentationRequest, now: number): Promise<JsonObject> {
  const context = ['https://www.w3.org/ns/credentials/v2'];
  const document: JsonObject = { '@context': context, 'id': `urn:uuid:${crypto.randomUUID()}`, 'type': ['VerifiablePresentation'], holder, 'verifiableCredential': [credential] };
  const proof: JsonObject = {
    '@context': context, 'type': 'DataIntegrityProof', 'cryptosuite': 'ecdsa-jcs-2019', 'proofPurpose': 'authentication',
    'created': new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
    'verificationMethod': keyId(holder), 'challenge': request.nonce, 'domain': request.clientId,
  };
  // 3.3.4: hashData is the hash of the proof configuration, then that of the document.
  const hash = concat(await sha256(utf8(jcs(proof))), await sha256(utf8(jcs(document))));
  return { ...document, proof: { ...proof, proofValue: `z${base58(await sign(keys, hash))}` } };
}
