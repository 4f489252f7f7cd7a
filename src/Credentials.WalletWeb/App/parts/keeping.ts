import { base64url, random, sha256, utf8 } from '../core/bytes.js';
import { jcs } from '../core/jcs.js';
import { isObject, type JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';
import { collect, notify, type Acceptance, type Invitation, type Received } from '../issuance/accept.js';
import { keysOf, type Card, type Copy, type Shown, type Waiting } from '../storage/entries.js';
import type { App } from './app.js';

/** Stores what came. A copy of an award whose key is not here takes that card's place. Answers the card's id, or null when all of it was put off. */
export async function keepAcceptance(app: Pick<App, 'world' | 'vault'>, invitation: Invitation, acceptance: Acceptance, keyIds: ReadonlyMap<string, string>, dpopId?: string): Promise<{ card: string | null; renewed: boolean }> {
  const dpop = dpopId ?? await app.vault.keepKeys(acceptance.dpop);
  const keyOf = (held: { keys?: { jwk: { x: string } } }): { key?: string } => held.keys ? { key: keyIds.get(held.keys.jwk.x)! } : {};
  const put: (Card | Waiting)[] = [];
  let renewed = false;
  if (acceptance.received.length > 0) {
    const fresh = await cardOf(acceptance.received, invitation.issuer.issuer, invitation.issuer.display, app.world.now(), keyOf);
    const old = (await cardsOf(app)).find(card => card.award === fresh.award && !card.copies.some(copy => copy.key !== undefined));
    renewed = old !== undefined;
    put.push({ ...fresh, ...(old && { id: old.id }), notes: { issuer: invitation.issuer, token: acceptance.token, dpop, ids: acceptance.notifications } });
  }
  const card = put[0]?.id ?? null;
  if (acceptance.later.length > 0) {
    const now = app.world.now();
    put.push({
      kind: 'waiting', id: random(), issuer: invitation.issuer, token: acceptance.token, dpop, since: now,
      next: now + Math.max(...acceptance.later.map(later => later.seconds)) * 1000,
      later: acceptance.later.map(later => ({ configuration: later.configuration, transaction: later.transaction, ...keyOf(later) })),
      ...(card !== null && { card }),
    });
  }
  // A key that was made for a form that did not come is nobody's.
  const used = [...acceptance.received, ...acceptance.later].map(held => held.keys?.jwk.x);
  await app.vault.change(put, [], [...keyIds].filter(([x]) => !used.includes(x)).map(([, id]) => id));
  void notify(app.world, invitation.issuer, acceptance.token, acceptance.dpop, acceptance.notifications, 'credential_accepted');
  return { card, renewed };
}

export const cardsOf = async (app: Pick<App, 'vault'>): Promise<Card[]> => (await app.vault.entries()).filter((entry): entry is Card => entry.kind === 'card');

async function cardOf(received: readonly Received[], issuer: string, issuerNames: readonly JsonObject[], now: number, keyOf: (held: Received) => { key?: string }): Promise<Card> {
  const main = received[0]!;
  return {
    kind: 'card', id: random(), issuer, issuerNames, template: main.template, added: now, award: await awardOf(main.claims, issuer),
    copies: received.map((one): Copy => ({ format: one.format, text: one.text, configuration: one.configuration.id, ...keyOf(one), ...(one.unchecked && { unchecked: true }) })),
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

/** Asks the issuer again for what it put off, each form for itself; answers the card's id once something came. What came and what is left are written as one. */
export async function collectWaiting(app: Pick<App, 'world' | 'vault'>, entry: Waiting): Promise<string | null> {
  const dpop = await app.vault.keys(entry.dpop);
  must(dpop, 'no_key', 'dpop');
  const came: { one: Received; key?: string; notification?: string }[] = [];
  const left: Waiting['later'][number][] = [];
  let fault: unknown;
  for (const later of entry.later) {
    const keys = later.key === undefined ? undefined : await app.vault.keys(later.key);
    try {
      const answer = await collect(app.world, entry.issuer, entry.token, dpop, { ...later, seconds: 0, ...(keys && { keys }) });
      if (answer) {
        came.push({ one: answer.received, ...(later.key !== undefined && { key: later.key }), ...(answer.notification && { notification: answer.notification }) });
      } else {
        left.push(later);
      }
    } catch (caught) {
      // One form that does not come keeps no other from coming.
      fault ??= caught;
      left.push(later);
    }
  }
  if (came.length === 0) {
    if (fault !== undefined) {
      throw fault;
    }
    return null;
  }
  const ids = came.map(({ notification }) => notification).filter(id => id !== undefined);
  const fresh = await cardOf(came.map(({ one }) => one), entry.issuer.issuer, entry.issuer.display, app.world.now(),
    one => { const key = came.find(candidate => candidate.one === one)!.key; return key === undefined ? {} : { key }; });
  const card = joined({ ...fresh, notes: { issuer: entry.issuer, token: entry.token, dpop: entry.dpop, ids } }, entry, await cardsOf(app));
  await app.vault.change([card, ...(left.length > 0 ? [{ ...entry, later: left, card: card.id }] : [])], left.length > 0 ? [] : [entry.id]);
  void notify(app.world, entry.issuer, entry.token, dpop, ids, 'credential_accepted');
  return card.id;
}

/** Forms of one award are one card: with those that came before them, or in the place of a copy whose key is elsewhere. */
function joined(fresh: Card, entry: Waiting, cards: readonly Card[]): Card {
  const before = cards.find(card => card.id === entry.card);
  if (!before) {
    const old = cards.find(card => card.award === fresh.award && card.copies.every(copy => copy.key === undefined));
    return old ? { ...fresh, id: old.id } : fresh;
  }
  const main = fresh.copies.some(copy => copy.format === 'dc+sd-jwt') ? fresh : before;
  return { ...main, id: before.id, added: before.added, copies: [...before.copies, ...fresh.copies], notes: { ...fresh.notes!, ids: [...before.notes?.ids ?? [], ...fresh.notes!.ids] } };
}

/** Deletes a card with its keys, and, where the learner wants that, what the history says of it; tells its issuer where it wants to know. */
export async function deleteCard(app: Pick<App, 'world' | 'vault'>, card: Card, withHistory: boolean): Promise<void> {
  const dpop = card.notes && await app.vault.keys(card.notes.dpop);
  if (card.notes && dpop) {
    void notify(app.world, card.notes.issuer, card.notes.token, dpop, card.notes.ids, 'credential_deleted');
  }
  const others = (await app.vault.entries()).filter(entry => entry.id !== card.id);
  const lines = others.filter((entry): entry is Shown => withHistory && entry.kind === 'shown' && entry.what.some(one => one.card === card.id))
    .map(line => ({ ...line, what: line.what.filter(one => one.card !== card.id) }));
  // The key of the token may serve a form that is still on its way.
  const used = new Set(others.flatMap(keysOf));
  await app.vault.change(lines.filter(line => line.what.length > 0), [card.id, ...lines.filter(line => line.what.length === 0).map(line => line.id)], keysOf(card).filter(key => !used.has(key)));
}
