import { isObject, type Json, type JsonObject } from '../core/json.js';

/** What is kept beside a credential so that it can be drawn without asking anybody. */
export interface Template {
  readonly display: readonly JsonObject[];
  readonly claims: readonly JsonObject[];
}

/** One line of a card: what the issuer calls it, and what it says. */
export interface Field {
  readonly path: readonly (string | number)[];
  readonly label: string | undefined;
  readonly value: Json;
}

/** The entry of the learner's language: the same tag, else the same language, else the one without a language, else the first. */
export function inLanguage(entries: readonly JsonObject[], language: string): JsonObject | undefined {
  const tag = (entry: JsonObject): string => String(entry.locale ?? entry.lang ?? '').toLowerCase();
  const wanted = language.toLowerCase();
  const primary = wanted.split('-')[0]!;
  return entries.find(entry => tag(entry) === wanted)
    ?? entries.find(entry => tag(entry).split('-')[0] === primary)
    ?? entries.find(entry => tag(entry) === '')
    ?? entries[0];
}

export function nameIn(entries: readonly JsonObject[], language: string): string | undefined {
  const entry = inLanguage(entries, language);
  const name = entry?.name ?? entry?.label;
  return typeof name === 'string' ? name.slice(0, 200) : undefined;
}

/** The issuer's word for a claim, in the learner's language. */
export function labelOf(template: Template, path: readonly (string | number)[], language: string): string | undefined {
  const claim = template.claims.find(candidate => Array.isArray(candidate.path) && candidate.path.length === path.length
    && candidate.path.every((part, at) => part === path[at] || (part === null && typeof path[at] === 'number')));
  return claim && Array.isArray(claim.display) ? nameIn(claim.display.filter(isObject), language) : undefined;
}

/** Colours of the card, only where they are plain colours: `#rgb` or `#rrggbb`. */
export function coloursOf(template: Template, language: string): { background?: string; text?: string } {
  const entry = inLanguage(template.display, language);
  const simple = entry && isObject(entry.rendering) && isObject(entry.rendering.simple) ? entry.rendering.simple : entry;
  const colour = (value: Json | undefined): string | undefined => typeof value === 'string' && /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(value) ? value : undefined;
  const background = colour(simple?.background_color);
  const text = colour(simple?.text_color);
  // Both or none, and only a pair that can be read.
  return background && text && contrast(background, text) >= 4.5 ? { background, text } : {};
}

/** WCAG 2.2: the ratio of relative luminances. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.length === 4 ? [...colour.slice(1)].map(digit => digit + digit).join('') : colour.slice(1);
  const [red, green, blue] = digits.match(/../g)!.map(pair => {
    const part = Number.parseInt(pair, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// Machinery of the formats: carried, and shown under "technical details" only.
const machinery = new Set(['iss', 'vct', 'vct#integrity', 'iat', 'nbf', 'exp', 'cnf', 'status', 'credentialStatus', 'evidence', '_sd_alg', '@context', 'type', 'id', 'proof', 'issuer', 'validFrom', 'validUntil', 'credentialSchema', 'diploma', 'vc', 'sub', 'jti']);

// Of the machinery, what is worth a line before consent: that the award is on record, and that the whole diploma comes along.
const worthTelling = new Set(['evidence', 'diploma']);

/** Whether a claim says nothing about the learner. */
export const isMachinery = (name: string): boolean => machinery.has(name) && !worthTelling.has(name);

/** The lines of a card, in the order of the template, then whatever else the credential says. */
export function fieldsOf(claims: JsonObject, template: Template, language: string): Field[] {
  const root = isObject(claims.credentialSubject) && claims.vct === undefined ? claims.credentialSubject : claims;
  const names = Object.keys(root).filter(name => !machinery.has(name));
  const order = template.claims.map(claim => Array.isArray(claim.path) ? claim.path[0] : undefined);
  const rank = (name: string): number => (order.indexOf(name) + 1) || order.length + 1;
  return names.sort((a, b) => rank(a) - rank(b)).map(name => ({ path: [name], label: labelOf(template, [name], language), value: root[name]! }));
}

/** A value in one line: texts as they are, of several languages the learner's, of structures their texts. */
export function plain(value: Json, language: string): string {
  if (Array.isArray(value)) {
    const texts = value.filter(isObject).filter(item => '@value' in item);
    return texts.length === value.length && texts.length > 0
      ? plain((inLanguage(texts.map(item => ({ ...item, locale: item['@language'] ?? '' })), language) ?? {})['@value'] ?? '', language)
      : value.map(item => plain(item, language)).filter(item => item !== '').join(', ');
  }
  if (isObject(value)) {
    return '@value' in value ? plain(value['@value']!, language)
      : Object.entries(value).filter(([name]) => name !== 'type' && name !== 'id').map(([, member]) => plain(member, language)).filter(item => item !== '').join(', ');
  }
  return value === null ? '' : String(value);
}
