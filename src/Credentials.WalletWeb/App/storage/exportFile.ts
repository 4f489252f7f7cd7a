import { base64url, fromBase64url, fromUtf8, utf8, type Bytes } from '../core/bytes.js';
import { isObject, readObject, text, type Json, type JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';
import { didWebOf } from '../credentials/did.js';
import { readHeld } from '../credentials/held.js';
import type { Format } from '../issuance/choose.js';
import type { Card, Copy, Entry, Shown } from './entries.js';

const type = 'credentials-wallet-export';
const iterations = 600_000;
const most = 5_000_000;
const formats: readonly Format[] = ['dc+sd-jwt', 'ldp_vc', 'vc+jwt', 'jwt_vc_json'];
const outcomes: readonly Shown['outcome'][] = ['shown', 'refused', 'unknown', 'failed', 'declined', 'checked'];

/** Diplomas and history under a passphrase: a versioned JSON file whose head says how it is opened. Keys are not in it. */
export async function exportFile(entries: readonly Entry[], passphrase: string): Promise<string> {
  const cards = entries.filter(entry => entry.kind === 'card').map(bare);
  const content = JSON.stringify({ cards, history: entries.filter(entry => entry.kind === 'shown') });
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const head = { type, version: 1, kdf: { name: 'PBKDF2', hash: 'SHA-256', iterations, salt: base64url(salt) }, cipher: { name: 'AES-GCM', iv: base64url(iv) } };
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(type) }, await keyOf(passphrase, salt, iterations), utf8(content));
  return JSON.stringify({ ...head, data: base64url(new Uint8Array(data)) });
}

/** What a file held; `dropped` counts what was in it and is no diploma or no line of a history. */
export interface Imported {
  readonly entries: readonly (Card | Shown)[];
  readonly dropped: number;
}

/** Opens such a file. Nothing in it is believed beyond what a stranger could have put there: every credential is read anew, every field looked at. */
export async function importFile(file: string, passphrase: string): Promise<Imported> {
  const head = readObject(file, 'import_malformed');
  must(head.type === type, 'import_malformed', 'type');
  must(head.version === 1, 'import_version', String(head.version).slice(0, 20));
  must(isObject(head.kdf) && isObject(head.cipher), 'import_malformed', 'kdf');
  const { iterations: rounds } = head.kdf;
  must(typeof rounds === 'number' && Number.isInteger(rounds) && rounds >= 100_000 && rounds <= most, 'import_malformed', 'iterations');
  const bytes = (value: Json | undefined, what: string): Bytes => fromBase64url(text(value, 'import_malformed', what), 'import_malformed', what);
  const iv = bytes(head.cipher.iv, 'iv');
  let content: string;
  try {
    content = fromUtf8(new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: utf8(type) }, await keyOf(passphrase, bytes(head.kdf.salt, 'salt'), rounds), bytes(head.data, 'data'))));
  } catch {
    must(false, 'passphrase_wrong', 'AES-GCM');
  }
  const { cards, history } = readObject(content, 'import_malformed');
  must(Array.isArray(cards) && Array.isArray(history), 'import_malformed', 'cards');
  const read = [...await Promise.all(cards.map(readCard)), ...history.map(readLine)];
  const entries = read.filter(entry => entry !== null);
  return { entries, dropped: read.length - entries.length };
}

// A card without its keys, and without what it would need to speak to the issuer in this wallet's name.
function bare(card: Card): Card {
  const { notes: _, ...rest } = card;
  return { ...rest, copies: card.copies.map(({ key: __, ...copy }): Copy => copy) };
}

const short = (value: Json | undefined): value is string => typeof value === 'string' && value !== '' && value.length <= 2000;
const instant = (value: Json | undefined): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= 8.64e15;

/** Copies that cannot be read are left out, and so is the card that has none besides. Whose signatures they bear, this wallet has not seen. */
async function readCard(value: Json): Promise<Card | null> {
  if (!isObject(value) || value.kind !== 'card' || !Array.isArray(value.copies) || !short(value.id) || !short(value.award) || !instant(value.added)) {
    return null;
  }
  const read = (await Promise.all(value.copies.map(readCopy))).filter(one => one !== null);
  return read.length === 0 ? null : {
    kind: 'card', id: value.id, award: value.award, added: value.added,
    // Under whose name it stands is what the credential says, not what the file says of it.
    issuer: addressOf(value.issuer, read[0]!.issuer), issuerNames: [], template: templateIn(value), copies: read.map(one => one.copy),
  };
}

/** The web address of that did:web, where the file names it. */
const addressOf = (named: Json | undefined, issuer: string): string =>
  short(named) && issuer.startsWith('did:web:') && URL.canParse(named) && didWebOf(named) === issuer ? named : issuer;

async function readCopy(value: Json): Promise<{ copy: Copy; issuer: string } | null> {
  if (!isObject(value) || typeof value.text !== 'string' || !short(value.configuration)) {
    return null;
  }
  const format = formats.find(known => known === value.format);
  const held = format && await (async () => readHeld(format, format === 'ldp_vc' ? readObject(value.text as string) : value.text as string))().catch(() => null);
  return held ? { copy: { format: held.format, text: value.text, configuration: value.configuration, unchecked: true }, issuer: held.issuer } : null;
}

function readLine(value: Json): Shown | null {
  if (!isObject(value) || value.kind !== 'shown' || !short(value.id) || !instant(value.at) || !isObject(value.to) || !short(value.to.id) || !short(value.to.host) || !Array.isArray(value.what)) {
    return null;
  }
  const outcome = outcomes.find(known => known === value.outcome);
  const { id, host, name } = value.to;
  const what = value.what.map(one => isObject(one) && short(one.card) && typeof one.title === 'string' && Array.isArray(one.claims) && one.claims.every(isClaim)
    ? { card: one.card, title: one.title, claims: (one.claims as { label: string; value: string }[]).map(claim => ({ label: claim.label, value: claim.value })) } : null);
  return outcome === undefined || (name !== undefined && typeof name !== 'string') || what.some(one => one === null)
    ? null : { kind: 'shown', id: value.id, at: value.at, outcome, to: { id, host, ...(name !== undefined && { name }) }, what: what.filter(one => one !== null) };
}

const isClaim = (value: Json): boolean => isObject(value) && typeof value.label === 'string' && typeof value.value === 'string';

const listIn = (value: Json | undefined): JsonObject[] => Array.isArray(value) ? value.filter(isObject) : [];

const templateIn = (card: JsonObject): Card['template'] => isObject(card.template)
  ? { display: listIn(card.template.display), claims: listIn(card.template.claims) }
  : { display: [], claims: [] };

async function keyOf(passphrase: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', utf8(passphrase.normalize('NFKC')), 'PBKDF2', false, ['deriveKey']);
  return await crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
