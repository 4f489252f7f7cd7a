import type { JsonObject } from '../core/json.js';
import type { Template } from '../credentials/display.js';
import type { Departure } from '../issuance/authorization.js';
import type { Configuration, Format } from '../issuance/choose.js';
import type { IssuerMetadata } from '../issuance/metadata.js';
import type { Offer } from '../issuance/offer.js';
import type { Token } from '../issuance/token.js';
import type { Outcome } from '../presentation/send.js';

/** One form of a diploma. Its key is here by its id; none where it came by import, for keys do not travel. */
export interface Copy {
  readonly format: Format;
  readonly text: string;
  readonly configuration: string;
  readonly key?: string;
  /** Nobody here has checked the issuer's signature: its keys could not be had, or this form is one that the wallet only compares. */
  readonly unchecked?: true;
}

/** A diploma as the learner knows it: one award, in the forms in which it was taken. */
export interface Card {
  readonly kind: 'card';
  readonly id: string;
  readonly issuer: string;
  readonly issuerNames: readonly JsonObject[];
  readonly template: Template;
  readonly copies: readonly Copy[];
  readonly added: number;
  /** By which a copy of the same award is known when it comes again. */
  readonly award: string;
  /** Where the issuer wants to hear that it was deleted. */
  readonly notes?: { readonly issuer: IssuerMetadata; readonly token: Token; readonly dpop: string; readonly ids: readonly string[] };
}

/** What the issuer put off. */
export interface Waiting {
  readonly kind: 'waiting';
  readonly id: string;
  readonly issuer: IssuerMetadata;
  readonly token: Token;
  readonly dpop: string;
  readonly later: readonly { readonly configuration: Configuration; readonly transaction: string; readonly key?: string }[];
  readonly since: number;
  readonly next: number;
  /** The card of the forms that came at once, into which these belong. */
  readonly card?: string;
}

/** The learner is at the issuer's page and will come back with this state, which is the id. */
export interface Travelling {
  readonly kind: 'travelling';
  readonly id: string;
  readonly offer: Offer;
  readonly departure: Departure;
  /** The key to which the issuer's code is bound. */
  readonly dpop: string;
  readonly since: number;
}

/** One line of history. */
export interface Shown {
  readonly kind: 'shown';
  readonly id: string;
  readonly at: number;
  readonly outcome: Outcome | 'declined' | 'checked';
  readonly to: { readonly id: string; readonly host: string; readonly name?: string };
  readonly what: readonly { readonly card: string; readonly title: string; readonly claims: readonly { readonly label: string; readonly value: string }[] }[];
}

export type Entry = Card | Waiting | Travelling | Shown;

/** The keys without which an entry is worth less. */
export function keysOf(entry: Entry): string[] {
  const keys = entry.kind === 'card' ? [entry.notes?.dpop, ...entry.copies.map(copy => copy.key)]
    : entry.kind === 'waiting' ? [entry.dpop, ...entry.later.map(later => later.key)]
      : entry.kind === 'travelling' ? [entry.dpop] : [];
  return keys.filter(key => key !== undefined);
}
