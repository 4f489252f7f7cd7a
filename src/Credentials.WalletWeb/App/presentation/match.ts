import { fromBase64 } from '../core/bytes.js';
import { same } from '../core/json.js';
import type { Held } from '../credentials/held.js';
import { disclosuresFor, type Disclosure } from '../credentials/sdjwt.js';
import { authorityKeyId } from './certificate.js';
import { select, type Selected } from './claims.js';
import type { ClaimQuery, CredentialQuery, Query, SetQuery } from './query.js';

/** One way in which one credential answers one question: what is shown, claim by claim. */
export interface Match {
  readonly query: CredentialQuery;
  readonly card: string;
  readonly held: Held;
  /** Each way that the asker accepts and the credential can serve, the asker's favourite first; without choice there is one. */
  readonly ways: readonly Way[];
}

export interface Way {
  readonly claims: readonly Selected[];
  readonly disclosures: readonly Disclosure[];
}

/** Matches for each credential query, by its id. */
export type Matches = ReadonlyMap<string, readonly Match[]>;

/** Credentials as the wallet holds them; `bound` tells whether its key is here. */
export interface Holding {
  readonly card: string;
  readonly held: Held;
  readonly bound: boolean;
}

export const matchAll = (query: Query, holdings: readonly Holding[]): Matches => new Map(query.credentials.map(credential =>
  [credential.id, holdings.map(holding => match(credential, holding)).filter(found => found !== null)]));

export function match(query: CredentialQuery, holding: Holding): Match | null {
  const { held } = holding;
  if (query.format !== held.format || (query.bound && !holding.bound) || !ofKind(query, held) || !ofAuthority(query, held)) {
    return null;
  }
  const ways = waysOf(query, held);
  return ways.length > 0 ? { query, card: holding.card, held, ways } : null;
}

function ofKind(query: CredentialQuery, held: Held): boolean {
  const name = held.format === 'dc+sd-jwt' ? 'vct_values' : 'type_values';
  const wanted = query.meta[name];
  // "If empty, no specific constraints are placed"; unknown ones are ignored.
  return wanted === undefined || (Array.isArray(wanted) && wanted.some(value => name === 'vct_values'
    ? typeof value === 'string' && held.types.includes(value)
    : Array.isArray(value) && value.length > 0 && value.every(type => typeof type === 'string' && held.types.includes(type))));
}

// "aki": by the certificates in the header. Lists that would have to be fetched are not: "Every Credential returned SHOULD match" is then the asker's to judge.
function ofAuthority(query: CredentialQuery, held: Held): boolean {
  if (!query.authorities) {
    return true;
  }
  const chain = Array.isArray(held.header?.x5c) ? held.header.x5c.filter(item => typeof item === 'string') : [];
  const ids = chain.map(certificate => authorityKeyId(fromBase64(certificate))).filter(id => id !== null);
  return query.authorities.some(authority => authority.type === 'aki' && authority.values.some(value => ids.includes(value)));
}

function waysOf(query: CredentialQuery, held: Held): Way[] {
  // "If claims is absent, the Verifier is requesting no claims that are selectively disclosable."
  if (!query.claims) {
    return [{ claims: held.sdJwt ? [] : whole(held), disclosures: [] }];
  }
  const { claims, claimSets } = query;
  const sets = claimSets ? claimSets.map(set => set.map(id => claims.find(claim => claim.id === id)!)) : [claims];
  return sets.map(set => wayOf(set, held)).filter(way => way !== null);
}

function wayOf(set: readonly ClaimQuery[], held: Held): Way | null {
  const found: Selected[] = [];
  for (const claim of set) {
    const selected = select(held.claims, claim.path);
    const fitting = selected && claim.values ? selected.filter(one => claim.values!.some(value => same(value, one.value))) : selected;
    // "If the Wallet cannot deliver all claims requested, it MUST NOT return the respective Credential."
    if (!fitting || fitting.length === 0) {
      return null;
    }
    found.push(...fitting.filter(one => !found.some(other => same([...other.path], [...one.path]))));
  }
  return held.sdJwt
    ? { claims: found, disclosures: disclosuresFor(held.sdJwt, found.map(one => one.path)) }
    : { claims: whole(held), disclosures: [] };
}

// A form without selective disclosure shows all of itself, whatever was asked.
const whole = (held: Held): Selected[] => Object.entries(held.claims).map(([name, value]) => ({ path: [name], value }));

/** The sets that must be chosen from; without `credential_sets` every credential is one. */
export const setsOf = (query: Query): readonly SetQuery[] =>
  query.sets ?? query.credentials.map(credential => ({ options: [[credential.id]], required: true }));

/** Which options of a set can be served. */
export const servable = (set: SetQuery, matches: Matches): (readonly string[])[] =>
  set.options.filter(option => option.every(id => (matches.get(id)?.length ?? 0) > 0));

/** Whether the wallet can answer at all: every required set has an option. */
export const answerable = (query: Query, matches: Matches): boolean =>
  setsOf(query).every(set => !set.required || servable(set, matches).length > 0);
