import { isObject, optionalText, type JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';
import type { IssuerMetadata } from './metadata.js';

export type Format = 'dc+sd-jwt' | 'ldp_vc' | 'jwt_vc_json' | 'vc+jwt';

/** One configuration that the issuer offers and this wallet can take. */
export interface Configuration {
  readonly id: string;
  readonly format: Format;
  readonly scope?: string;
  readonly vct?: string;
  /** How the key is named in the proof: as itself, or as a DID that is made of it. Undefined where the credential is bound to no key. */
  readonly binding?: 'jwk' | 'did:jwk' | 'did:key';
  readonly display: readonly JsonObject[];
  readonly claims: readonly JsonObject[];
}

// By what they are good for: the first is shown to employers claim by claim, the second is the plain file.
const formats: readonly Format[] = ['dc+sd-jwt', 'ldp_vc', 'vc+jwt', 'jwt_vc_json'];

const bindings: Record<Format, readonly ('jwk' | 'did:jwk' | 'did:key')[]> = {
  'dc+sd-jwt': ['jwk', 'did:jwk', 'did:key'],
  'ldp_vc': ['did:key', 'did:jwk', 'jwk'],
  'jwt_vc_json': ['did:jwk', 'did:key', 'jwk'],
  'vc+jwt': ['did:jwk', 'did:key', 'jwk'],
};

/** What to take of an offer: the selectively disclosed form and the plain file where both are there, else the first that this wallet knows. */
export function choose(issuer: IssuerMetadata, offered: readonly string[]): Configuration[] {
  const known = offered.map(id => read(issuer, id)).filter(configuration => configuration !== undefined);
  const ranked = known.sort((a, b) => formats.indexOf(a.format) - formats.indexOf(b.format));
  const sdJwt = ranked.find(configuration => configuration.format === 'dc+sd-jwt');
  const file = ranked.find(configuration => configuration.format === 'ldp_vc');
  const chosen = sdJwt || file ? [sdJwt, file].filter(configuration => configuration !== undefined) : ranked.slice(0, 1);
  must(chosen.length > 0, 'nothing_offered', offered.join(' ').slice(0, 200));
  return chosen;
}

function read(issuer: IssuerMetadata, id: string): Configuration | undefined {
  const configuration = Object.hasOwn(issuer.configurations, id) ? issuer.configurations[id] : undefined;
  if (!isObject(configuration)) {
    return undefined;
  }
  const format = formats.find(known => known === configuration.format);
  const binding = format && bindingOf(configuration, format);
  if (!format || binding === 'impossible') {
    return undefined;
  }
  const metadata = isObject(configuration.credential_metadata) ? configuration.credential_metadata : configuration; // Where drafts had it.
  return {
    id, format,
    ...(binding && { binding }),
    ...optional('scope', optionalText(configuration.scope, 'unreadable', 'scope')),
    ...optional('vct', optionalText(configuration.vct, 'unreadable', 'vct')),
    display: Array.isArray(metadata.display) ? metadata.display.filter(isObject) : [],
    claims: Array.isArray(metadata.claims) ? metadata.claims.filter(isObject) : [],
  };
}

function bindingOf(configuration: JsonObject, format: Format): Configuration['binding'] | 'impossible' {
  const methods = configuration.cryptographic_binding_methods_supported;
  const proofs = configuration.proof_types_supported;
  if (methods === undefined && proofs === undefined) {
    return undefined;
  }
  const jwt = isObject(proofs) && isObject(proofs.jwt) ? proofs.jwt : undefined;
  const algorithms = jwt?.proof_signing_alg_values_supported;
  const able = jwt && jwt.key_attestations_required === undefined && (!Array.isArray(algorithms) || algorithms.includes('ES256'));
  return (able && bindings[format].find(method => !Array.isArray(methods) || methods.includes(method))) || 'impossible';
}

const optional = <Name extends string>(name: Name, value: string | undefined): { [name in Name]?: string } =>
  (value === undefined ? {} : { [name]: value }) as { [name in Name]?: string };
