import { readObject, isObject, type Json, type JsonObject } from '../core/json.js';
import { coloursOf, fieldsOf, nameIn, plain, type Field } from '../credentials/display.js';
import { readHeld, type Held } from '../credentials/held.js';
import type { Card, Copy } from '../storage/entries.js';
import { facts, h, quote, type Child } from './dom.js';
import { language, maybe, readable, said, t, type Word } from './words.js';

export const heldOf = (copy: Copy): Promise<Held> => readHeld(copy.format, copy.format === 'ldp_vc' ? readObject(copy.text) : copy.text);

/** The form that says most in the fewest words. */
export const mainCopy = (card: Card): Copy => card.copies.find(copy => copy.format === 'dc+sd-jwt') ?? card.copies[0]!;

/** Whether a form of it can be shown here: its key is on this device. */
export const isBound = (card: Card): boolean => card.copies.some(copy => copy.key !== undefined);

export function issuerName(card: Pick<Card, 'issuer' | 'issuerNames'>, claims?: JsonObject): Word {
  const own = claims?.institution_name;
  return said(nameIn(card.issuerNames, language()) ?? (typeof own === 'string' ? own : hostOf(card.issuer)));
}

export const hostOf = (address: string): string => {
  try {
    return new URL(address).host || address;
  } catch {
    return address;
  }
};

export function titleOf(card: Pick<Card, 'template'>, claims: JsonObject): Word {
  const subject = isObject(claims.credentialSubject) ? claims.credentialSubject : {};
  const degree = claims.degree_name ?? (isObject(subject.degree) ? subject.degree.name : undefined);
  return said(typeof degree === 'string' ? degree : nameIn(card.template.display, language()) ?? t('card.diploma'));
}

/** The learner's word for a claim: the issuer's in the learner's language, else ours, else its name as it is. */
export const labelFor = (field: Pick<Field, 'path' | 'label'>): Word =>
  said(field.label ?? field.path.map(part => maybe(`claim.${part}`) ?? String(part).replaceAll('_', ' ')).join(' › '));

const isAward = (value: Json): boolean => Array.isArray(value) ? value.length > 0 && value.every(isAward) : isObject(value) && value.type === 'urn:credentials:award:v1';

/** A value as people read it. */
export function valueFor(path: readonly (string | number)[], value: Json): Word {
  if (path.length === 1 && path[0] === 'evidence' && isAward(value)) {
    return t('value.record');
  }
  if (typeof value === 'boolean') {
    return value ? t('value.yes') : t('value.no');
  }
  return readable(plain(value, language()));
}

/** A value on a page: of a structure, each of its parts under its own name, so that nobody agrees to something unseen. */
export function valueNode(path: readonly (string | number)[], value: Json): Child {
  return isObject(value) && !('@value' in value)
    ? facts(...Object.entries(value).filter(([name]) => name !== 'type').map(([name, part]) => [labelFor({ path: [name], label: undefined }), quote(readable(plain(part, language())))] as const))
    : quote(valueFor(path, value));
}

export const fieldRows = (fields: readonly Field[]): HTMLElement =>
  facts(...fields.map(field => [labelFor(field), valueNode(field.path, field.value)] as const));

/** The face of a card: who, what, of which level. Drawn in the issuer's colours where they can be read. */
export async function face(card: Card, link: boolean): Promise<HTMLElement> {
  const { claims } = await heldOf(mainCopy(card));
  const { background, text } = coloursOf(card.template, language());
  const heading: Child = h('span', { class: 'card-title' }, quote(titleOf(card, claims)));
  const level = claims.eqf_level;
  const inside: Child[] = [
    h('span', { class: 'card-issuer' }, quote(issuerName(card, claims))),
    heading,
    h('span', { class: 'card-foot' },
      typeof claims.name === 'string' && h('span', {}, quote(said(claims.name))),
      typeof level === 'number' && h('span', { class: 'level' }, t('card.level', { level })),
      !isBound(card) && h('span', { class: 'badge' }, t('home.unbound')),
      mainCopy(card).unchecked && h('span', { class: 'badge' }, t('home.unchecked'))),
  ];
  const element = link ? h('a', { class: 'card', href: `#/card/${card.id}` }, inside) : h('div', { class: 'card' }, inside);
  if (background && text) {
    // Set through the object model: the page's policy allows no style attribute.
    element.style.setProperty('--card', background);
    element.style.setProperty('--card-text', text);
  }
  return element;
}

export const rowsOf = (card: Card, held: Held): Field[] => fieldsOf(held.claims, card.template, language());
