import { isObject, objects, texts, type Json, type JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';

const code = 'query_malformed';

export type Path = readonly (string | number | null)[];

export interface ClaimQuery {
  readonly id?: string;
  readonly path: Path;
  readonly values?: readonly (string | number | boolean)[];
}

export interface CredentialQuery {
  readonly id: string;
  readonly format: string;
  readonly multiple: boolean;
  readonly meta: JsonObject;
  readonly authorities?: readonly { readonly type: string; readonly values: readonly string[] }[];
  readonly bound: boolean;
  readonly claims?: readonly ClaimQuery[];
  readonly claimSets?: readonly (readonly string[])[];
}

export interface SetQuery {
  readonly options: readonly (readonly string[])[];
  readonly required: boolean;
}

/** A question in the Digital Credentials Query Language. https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#section-6 */
export interface Query {
  readonly credentials: readonly CredentialQuery[];
  readonly sets?: readonly SetQuery[];
}

export function readQuery(query: Json | undefined): Query {
  must(isObject(query), code, 'dcql_query');
  const credentials = objects(query.credentials, code, 'credentials').map(readCredential);
  const ids = credentials.map(credential => credential.id);
  must(new Set(ids).size === ids.length, code, 'id');
  must(credentials.length <= 32, code, 'credentials');
  const sets = query.credential_sets === undefined ? undefined : objects(query.credential_sets, code, 'credential_sets').map(set => readSet(set, ids));
  return { credentials, ...(sets && { sets }) };
}

function readCredential(query: JsonObject): CredentialQuery {
  const id = identifier(query.id);
  must(typeof query.format === 'string' && query.format !== '', code, 'format');
  must(isObject(query.meta), code, 'meta');
  const claims = query.claims === undefined ? undefined : objects(query.claims, code, 'claims').map(readClaim);
  const names = claims?.map(claim => claim.id).filter(name => name !== undefined) ?? [];
  must(new Set(names).size === names.length, code, 'claims.id');
  // "claim_sets MUST NOT be present if claims is absent."
  must(query.claim_sets === undefined || claims, code, 'claim_sets');
  const claimSets = query.claim_sets === undefined ? undefined : lists(query.claim_sets, 'claim_sets');
  must(claimSets === undefined || (names.length === claims!.length && claimSets.flat().every(name => names.includes(name))), code, 'claim_sets');
  const authorities = query.trusted_authorities === undefined ? undefined : objects(query.trusted_authorities, code, 'trusted_authorities').map(authority => {
    must(typeof authority.type === 'string', code, 'trusted_authorities');
    return { type: authority.type, values: texts(authority.values, code, 'trusted_authorities') };
  });
  return {
    id, format: query.format, meta: query.meta,
    multiple: flag(query.multiple, false, 'multiple'),
    bound: flag(query.require_cryptographic_holder_binding, true, 'require_cryptographic_holder_binding'),
    ...(claims && { claims }), ...(claimSets && { claimSets }), ...(authorities && { authorities }),
  };
}

function readClaim(claim: JsonObject): ClaimQuery {
  const { path, values } = claim;
  must(Array.isArray(path) && path.length > 0 && path.length <= 32
    && path.every(part => part === null || typeof part === 'string' || (typeof part === 'number' && Number.isInteger(part) && part >= 0)), code, 'path');
  must(values === undefined || (Array.isArray(values) && values.length > 0
    && values.every(value => typeof value === 'string' || typeof value === 'boolean' || Number.isInteger(value))), code, 'values');
  return {
    path: path as Path,
    ...(claim.id !== undefined && { id: identifier(claim.id) }),
    ...(values && { values: values as (string | number | boolean)[] }),
  };
}

function readSet(set: JsonObject, ids: readonly string[]): SetQuery {
  const options = lists(set.options, 'options');
  must(options.flat().every(id => ids.includes(id)), code, 'options');
  return { options, required: flag(set.required, true, 'required') };
}

function lists(value: Json | undefined, what: string): string[][] {
  must(Array.isArray(value) && value.length > 0, code, what);
  return value.map(list => texts(list, code, what));
}

function identifier(value: Json | undefined): string {
  must(typeof value === 'string' && /^[A-Za-z0-9_-]+$/.test(value), code, 'id');
  return value;
}

function flag(value: Json | undefined, otherwise: boolean, what: string): boolean {
  must(value === undefined || typeof value === 'boolean', code, what);
  return value ?? otherwise;
}
