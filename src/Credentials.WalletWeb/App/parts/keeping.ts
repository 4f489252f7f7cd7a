import { base64url, random, sha256, utf8 } from '../core/bytes.js';
import { jcs } from '../core/jcs.js';
import { isObject, type JsonObject } from '../core/json.js';
import { collect, notify, type Acceptance, type Invitation, type Received } from '../issuance/accept.js';
import type { Card, Copy, Waiting } from '../storage/entries.js';
import type { App } from './app.js';

/** Stores what came. A copy of an award whose key is not here takes that card's place. Answers the card's id, or null when all of it was put off. */
export async function keepAcceptance(app: App, invitation: Invitation, acceptance: Acceptance, keyIds: ReadonlyMap<string, string>): Promise<{ card: string | null; renewed: boolean }> {
  const dpop = await app.vault.keepKeys(acceptance.dpop);
  const keyOf = (held: { keys?: { jwk: { x: string } } }): { key?: string } => held.keys ? { key: keyIds.get(held.keys.jwk.x)! } : {};
  const put: (Card | Waiting)[] = [];
  if (acceptance.later.length > 0) {
    const now = app.world.now();
    put.push({
      kind: 'waiting', id: random(), issuer: invitation.issuer, token: acceptance.token, dpop, since: now,
      next: now + Math.max(...acceptance.later.map(later => later.seconds)) * 1000,
      later: acceptance.later.map(later => ({ configuration: later.configuration, transaction: later.transaction, ...keyOf(later) })),
    });
  }
  let renewed = false;
  if (acceptance.received.length > 0) {
    const fresh = await cardOf(acceptance.received, invitation.issuer.issuer, invitation.issuer.display, app.world.now(), keyOf);
    const old = (await cardsOf(app)).find(card => card.award === fresh.award && !card.copies.some(copy => copy.key !== undefined));
    renewed = old !== undefined;
    put.push({ ...fresh, ...(old && { id: old.id }), notes: { issuer: invitation.issuer, token: acceptance.token, dpop, ids: acceptance.notifications } });
  }
  // A key that was made for a form that did not come is nobody's.
  const used = [...acceptance.received, ...acceptance.later].map(held => held.keys?.jwk.x);
  await app.vault.change(put, [], [...keyIds].filter(([x]) => !used.includes(x)).map(([, id]) => id));
  void notify(app.world, invitation.issuer, acceptance.token, acceptance.dpop, acceptance.notifications, 'credential_accepted');
  return { card: put.find(entry => entry.kind === 'card')?.id ?? null, renewed };
}

export const cardsOf = async (app: App): Promise<Card[]> => (await app.vault.entries()).filter((entry): entry is Card => entry.kind === 'card');

async function cardOf(received: readonly Received[], issuer: string, issuerNames: readonly JsonObject[], now: number, keyOf: (held: Received) => { key?: string }): Promise<Card> {
  const main = received[0]!;
  return {
    kind: 'card', id: random(), issuer, issuerNames, template: main.template, added: now, award: await awardOf(main.claims, issuer),
    copies: received.map((one): Copy => ({ format: one.format, text: one.text, configuration: one.configuration.id, ...keyOf(one) })),
  };
}

// What differs between two copies of one award: keys, positions in lists, times, and signatures.
const own = ['cnf', 'status', 'credentialStatus', 'evidence', 'iat', 'nbf', 'exp', 'id', 'proof', 'jti', 'sub'];

/** Names the award by what it says about the learner. */
export async function awardOf(claims: JsonObject, issuer: string): Promise<string> {
  const kept = Object.fromEntries(Object.entries(claims).filter(([name]) => !own.includes(name)));
  const strip = (value: JsonObject): JsonObject => { const { id: _, ...rest } = value; return rest; };
  for (const name of ['credentialSubject', 'diploma']) {
    if (isObject(kept[name])) {
      kept[name] = strip(kept[name]);
    }
  }
  return base64url(await sha256(utf8(jcs({ issuer, claims: kept }))));
}

/** Asks the issuer again for what it put off; answers the card's id once something came. */
export async function collectWaiting(app: App, entry: Waiting): Promise<string | null> {
  const dpop = (await app.vault.keys(entry.dpop))!;
  const received: { one: Received; key?: string; notification?: string }[] = [];
  for (const later of entry.later) {
    const keys = later.key === undefined ? undefined : await app.vault.keys(later.key);
    const came = await collect(app.world, entry.issuer, entry.token, dpop, { ...later, seconds: 0, ...(keys && { keys }) });
    if (came) {
      received.push({ one: came.received, ...(later.key !== undefined && { key: later.key }), ...(came.notification && { notification: came.notification }) });
    }
  }
  if (received.length === 0) {
    return null;
  }
  const ids = received.map(({ notification }) => notification).filter(id => id !== undefined);
  const fresh = await cardOf(received.map(({ one }) => one), entry.issuer.issuer, entry.issuer.display, app.world.now(),
    one => { const key = received.find(candidate => candidate.one === one)!.key; return key === undefined ? {} : { key }; });
  const card: Card = { ...fresh, notes: { issuer: entry.issuer, token: entry.token, dpop: entry.dpop, ids } };
  await app.vault.change([card], received.length === entry.later.length ? [entry.id] : []);
  void notify(app.world, entry.issuer, entry.token, dpop, ids, 'credential_accepted');
  return card.id;
}

/** Deletes a card with its keys, and tells its issuer where it wants to know. */
export async function deleteCard(app: App, card: Card): Promise<void> {
  const dpop = card.notes && await app.vault.keys(card.notes.dpop);
  if (card.notes && dpop) {
    void notify(app.world, card.notes.issuer, card.notes.token, dpop, card.notes.ids, 'credential_deleted');
  }
  const keys = card.copies.map(copy => copy.key).filter(key => key !== undefined);
  await app.vault.change([], [card.id], [...keys, ...(card.notes ? [card.notes.dpop] : [])]);
}
