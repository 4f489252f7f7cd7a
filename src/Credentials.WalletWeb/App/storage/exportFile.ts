import { base64url, fromBase64url, fromUtf8, utf8, type Bytes } from '../core/bytes.js';
import { isObject, readObject, text, type Json, type JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';
import { readHeld } from '../credentials/held.js';
import type { Card, Copy, Entry, Shown } from './entries.js';

const type = 'credentials-wallet-export';
const iterations = 600_000;
const most = 5_000_000;

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

/** Opens such a file. Nothing in it is believed beyond what a stranger could have put there: every credential is read anew. */
export async function importFile(file: string, passphrase: string): Promise<(Card | Shown)[]> {
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
  return [...await Promise.all(cards.map(readCard)), ...history.filter(isObject).filter(line => line.kind === 'shown') as unknown as Shown[]];
}

// A card without its keys, and without what it would need to speak to the issuer in this wallet's name.
function bare(card: Card): Card {
  const { notes: _, ...rest } = card;
  return { ...rest, copies: card.copies.map(({ key: __, ...copy }): Copy => copy) };
}

async function readCard(value: Json): Promise<Card> {
  must(isObject(value) && value.kind === 'card' && Array.isArray(value.copies) && value.copies.length > 0, 'import_malformed', 'card');
  const card = value as unknown as Card;
  for (const copy of card.copies) {
    await readHeld(copy.format, copy.format === 'ldp_vc' ? readObject(copy.text, 'import_malformed') : copy.text);
  }
  return bare({ ...card, template: templateIn(value), issuerNames: listIn(value.issuerNames) });
}

const listIn = (value: Json | undefined): JsonObject[] => Array.isArray(value) ? value.filter(isObject) : [];

const templateIn = (card: JsonObject): Card['template'] => isObject(card.template)
  ? { display: listIn(card.template.display), claims: listIn(card.template.claims) }
  : { display: [], claims: [] };

async function keyOf(passphrase: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', utf8(passphrase.normalize('NFKC')), 'PBKDF2', false, ['deriveKey']);
  return await crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
