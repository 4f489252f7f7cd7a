import { isObject, type Json, type JsonObject } from '../core/json.js';
import type { Held } from '../credentials/held.js';
import { readSdJwt, withDisclosures } from '../credentials/sdjwt.js';
import type { Way } from './match.js';

type Place = readonly (string | number)[];

/** What the other side learns, read from the very text that is sent: not from what was asked. */
export interface Revealed {
  /** What they see, in the order of the credential. */
  readonly shown: readonly { readonly path: Place; readonly value: Json }[];
  /** Where something stands that they see although they did not ask for it. */
  readonly more: readonly Place[];
  /** What of it can be kept back and is. */
  readonly hidden: readonly Place[];
}

/** The text that goes out: for a form that has disclosures, with those of the way only. */
export const disclosed = (held: Held, way: Pick<Way, 'disclosures'>): string => held.sdJwt ? withDisclosures(held.sdJwt, way.disclosures) : held.text;

// What the page names in one sentence for every presentation: issuer, kind, dates, key, place of the status.
const named = new Set(['iss', 'vct', 'vct#integrity', 'iat', 'nbf', 'exp', 'cnf', 'status', 'credentialStatus', '_sd_alg']);

// The same of the forms that are shown whole.
const envelope = new Set([...named, '@context', 'type', 'id', 'issuer', 'issuanceDate', 'expirationDate', 'validFrom', 'validUntil', 'credentialSchema', 'proof', 'vc', 'sub', 'jti', 'aud']);

export async function revealed(held: Held, way: Way): Promise<Revealed> {
  if (!held.sdJwt) {
    return { shown: rowsOfWhole(held.claims), more: [], hidden: [] };
  }
  const sent = await readSdJwt(disclosed(held, way));
  const shown = Object.entries(sent.claims).filter(([name]) => !named.has(name)).map(([name, value]) => ({ path: [name], value }));
  const given = new Set(sent.disclosures.map(disclosure => disclosure.digest));
  const all = held.sdJwt.disclosures;
  const more = leaves(held.claims).filter(({ path }) => !named.has(String(path[0]))
    && all.every(disclosure => given.has(disclosure.digest) || !begins(path, disclosure.path))
    && !way.claims.some(claim => begins(path, claim.path))).map(({ path }) => path);
  const seen = new Set(shown.flatMap(({ value }) => leaves(value)).map(leaf => leaf.value));
  const hidden = all.filter(disclosure => !given.has(disclosure.digest) && disclosure.within.every(digest => given.has(digest))
    // What also stands elsewhere in what is sent is not hidden: the whole diploma has every other claim in it.
    && sent.claims.diploma === undefined && !leaves(disclosure.value).some(leaf => typeof leaf.value === 'string' && seen.has(leaf.value)));
  return { shown, more, hidden: hidden.map(disclosure => disclosure.path) };
}

function rowsOfWhole(claims: JsonObject): Revealed['shown'] {
  const { credentialSubject: subject } = claims;
  const own = isObject(subject) ? Object.entries(subject) : subject === undefined ? [] : [['credentialSubject', subject] as const];
  return [...own, ...Object.entries(claims).filter(([name]) => name !== 'credentialSubject' && !envelope.has(name))].map(([name, value]) => ({ path: [name], value }));
}

const begins = (long: Place, short: Place): boolean => short.length <= long.length && short.every((part, at) => long[at] === part);

/** The ends of a structure; an empty list or object is one itself. */
function leaves(value: Json, path: Place = []): { path: Place; value: Json }[] {
  const inside: [string | number, Json][] = Array.isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  return inside.length === 0 ? [{ path, value }] : inside.flatMap(([name, member]) => leaves(member, [...path, name]));
}
