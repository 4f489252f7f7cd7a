import { isObject, type Json, type JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';
import type { Format } from '../issuance/choose.js';
import { decodeJwt, readSdJwt, type SdJwt } from './sdjwt.js';

/** A credential that the wallet has read. */
export interface Held {
  readonly format: Format;
  readonly text: string;
  /** What claims path pointers walk over. */
  readonly claims: JsonObject;
  /** Of whom it is said to be. */
  readonly issuer: string;
  readonly sdJwt?: SdJwt;
  readonly header?: JsonObject;
  /** Expanded and plain names of types; `vct` for an SD-JWT VC. */
  readonly types: readonly string[];
  readonly validUntil?: number;
}

export async function readHeld(format: Format, credential: string | JsonObject): Promise<Held> {
  if (format === 'dc+sd-jwt') {
    must(typeof credential === 'string', 'credential_malformed', format);
    const sdJwt = await readSdJwt(credential);
    must(sdJwt.header.typ === 'dc+sd-jwt' || sdJwt.header.typ === 'vc+sd-jwt', 'credential_malformed', 'typ');
    must(typeof sdJwt.claims.vct === 'string', 'credential_malformed', 'vct');
    return held(format, credential, sdJwt.claims, issuerOf(sdJwt.claims.iss), [sdJwt.claims.vct], seconds(sdJwt.claims.exp), sdJwt.header, sdJwt);
  }
  if (format === 'ldp_vc') {
    must(isObject(credential), 'credential_malformed', format);
    return held(format, JSON.stringify(credential), credential, issuerOf(credential.issuer), typesOf(credential), date(credential.validUntil ?? credential.expirationDate));
  }
  must(typeof credential === 'string', 'credential_malformed', format);
  const { header, payload } = decodeJwt(credential);
  if (format === 'vc+jwt') {
    must(header.typ === 'vc+jwt', 'credential_malformed', 'typ');
    return held(format, credential, payload, issuerOf(payload.issuer), typesOf(payload), seconds(payload.exp) ?? date(payload.validUntil), header);
  }
  // VCDM 1.1: the claims lie under `vc`, issuer and dates in the JWT's own.
  must(isObject(payload.vc), 'credential_malformed', 'vc');
  return held(format, credential, { ...payload.vc, issuer: payload.vc.issuer ?? payload.iss ?? null }, issuerOf(payload.iss ?? payload.vc.issuer), typesOf(payload.vc), seconds(payload.exp), header);
}

const held = (format: Format, text: string, claims: JsonObject, issuer: string, types: string[], validUntil?: number, header?: JsonObject, sdJwt?: SdJwt): Held =>
  ({ format, text, claims, issuer, types, ...(validUntil !== undefined && { validUntil }), ...(header && { header }), ...(sdJwt && { sdJwt }) });

function issuerOf(issuer: Json | undefined): string {
  const id = isObject(issuer) ? issuer.id : issuer;
  must(typeof id === 'string' && id !== '', 'credential_malformed', 'issuer');
  return id;
}

const vocabularies = ['https://www.w3.org/2018/credentials#', 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#', 'https://www.w3.org/ns/credentials/examples#', 'https://www.w3.org/ns/credentials/undefined-term#'];

// DCQL asks for expanded types. The terms of the contexts that this issuer uses expand into one of these vocabularies; JSON-LD itself stays out of the browser.
function typesOf(credential: JsonObject): string[] {
  const types = (Array.isArray(credential.type) ? credential.type : [credential.type]).filter(type => typeof type === 'string');
  must(types.includes('VerifiableCredential'), 'credential_malformed', 'type');
  // The plain name stays one only where no context defines it; every credential's context defines this one.
  return types.flatMap(type => type.includes(':') ? [type] : type === 'VerifiableCredential' ? [vocabularies[0] + type] : [type, ...vocabularies.map(vocabulary => vocabulary + type)]);
}

const seconds = (value: Json | undefined): number | undefined => typeof value === 'number' ? value * 1000 : undefined;

const date = (value: Json | undefined): number | undefined => {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
};
