import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Json, JsonObject } from 'app/core/json.js';
import { didKey, newKeys, thumbprint, type KeyPair } from 'app/credentials/keys.js';
import { readHeld } from 'app/credentials/held.js';
import { agrees } from 'app/credentials/received.js';
import { accept, invite, leaveFor, type Invitation } from 'app/issuance/accept.js';
import { collectWaiting, deleteCard, keepAcceptance } from 'app/parts/keeping.js';
import { Turns } from 'app/parts/turns.js';
import { keysOf, type Card, type Shown, type Waiting } from 'app/storage/entries.js';
import { Vault } from 'app/storage/vault.js';
import { FakeIssuer, issuerId, json, now } from './fakeIssuer.js';
import { refused } from './refusals.js';

let vaults = 0;

const file = (jwk: KeyPair['jwk'], more: JsonObject = {}): JsonObject => ({
  '@context': [], 'type': ['VerifiableCredential'], 'issuer': issuerId, 'credentialSubject': { id: didKey(jwk), name: 'Ana Souza' }, 'proof': { verificationMethod: `${issuerId}#k1` }, ...more,
});

/** A vault in which two forms of one diploma are on their way, and an issuer that gives what a test puts into `ready`. */
async function deferred(): Promise<{ app: { vault: Vault; world: FakeIssuer['world'] }; entry: Waiting; ready: Map<string, () => Promise<Response>>; give(): Promise<void> }> {
  const issuer = await FakeIssuer.create();
  delete issuer.metadata.credential_request_encryption;
  delete issuer.metadata.credential_response_encryption;
  (issuer.metadata.credential_configurations_supported as JsonObject)['diploma-ldp-vc'] = { format: 'ldp_vc', cryptographic_binding_methods_supported: ['did:key'], proof_types_supported: { jwt: {} } };
  const { issuer: metadata, chosen } = await invite(issuer.world, JSON.stringify({ ...issuer.offer, credential_configuration_ids: ['diploma-sd-jwt', 'diploma-ldp-vc'] }));
  const ready = new Map<string, () => Promise<Response>>();
  issuer.routes.set(`${issuerId}/openid/deferred`, async body => await ready.get(String((JSON.parse(body) as JsonObject).transaction_id))?.() ?? json({ error: 'issuance_pending' }, 400));
  const vault = await Vault.open(`keeping-${++vaults}`);
  const keys = [await newKeys(), await newKeys()];
  const ids = await Promise.all(keys.map(pair => vault.keepKeys(pair)));
  const entry: Waiting = {
    kind: 'waiting', id: 'w', issuer: metadata, token: { value: 'token-1', bound: true, identifiers: {} }, dpop: await vault.keepKeys(await newKeys()), since: now, next: now,
    later: chosen.map((configuration, at) => ({ configuration, transaction: `t${at}`, key: ids[at]! })),
  };
  await vault.change([entry]);
  const given = async (credential: unknown): Promise<Response> => json({ credentials: [{ credential }] });
  return {
    app: { vault, world: issuer.world }, entry, ready,
    give: async () => {
      ready.set('t0', async () => given(await issuer.sdJwt(keys[0]!.jwk)));
      ready.set('t1', async () => given(file(keys[1]!.jwk)));
    },
  };
}

test('joins forms that come one after the other into one card, and waits for what is left', async () => {
  const { app, entry, ready, give } = await deferred();
  await give();
  const second = ready.get('t1')!;
  ready.delete('t1');
  const id = await collectWaiting(app, entry);
  const left = (await app.vault.entry('waiting', 'w'))!;
  assert.deepEqual([left.later.map(later => later.transaction), left.card], [['t1'], id]);
  ready.set('t1', second);
  assert.equal(await collectWaiting(app, left), id);
  assert.deepEqual((await app.vault.entries()).map(one => one.kind), ['card']);
  assert.deepEqual((await app.vault.entry('card', id!))!.copies.map(copy => copy.format), ['dc+sd-jwt', 'ldp_vc']);
});

test('lets no form that is refused keep another from coming', async () => {
  const { app, entry, ready, give } = await deferred();
  await give();
  ready.set('t0', () => Promise.resolve(json({ error: 'invalid_transaction_id' }, 400)));
  const id = await collectWaiting(app, entry);
  assert.deepEqual((await app.vault.entry('card', id!))!.copies.map(copy => copy.format), ['ldp_vc']);
  assert.deepEqual((await app.vault.entry('waiting', 'w'))!.later.map(later => later.transaction), ['t0']);
});

test('says why when nothing came, and waits on when nothing is ready', async () => {
  const { app, entry, ready } = await deferred();
  assert.equal(await collectWaiting(app, entry), null);
  ready.set('t1', () => Promise.resolve(json({ error: 'invalid_transaction_id' }, 400)));
  await refused('answered', () => collectWaiting(app, entry));
  assert.equal((await app.vault.entry('waiting', 'w'))!.later.length, 2);
});

test('keeps the key of the token until its last user is gone', async () => {
  const { app, entry, ready, give } = await deferred();
  await give();
  ready.delete('t1');
  const card = (await app.vault.entry('card', (await collectWaiting(app, entry))!))!;
  await deleteCard(app, card, false);
  assert.ok(await app.vault.keys(entry.dpop));
  assert.equal(await app.vault.keys(card.copies[0]!.key!), undefined);
  await give();
  await deleteCard(app, (await app.vault.entry('card', (await collectWaiting(app, (await app.vault.entry('waiting', 'w'))!))!))!, false);
  assert.equal(await app.vault.keys(entry.dpop), undefined);
});

test('deletes of the history what it says of one diploma, and only where that is wanted', async () => {
  const { app } = await deferred();
  const card: Card = { kind: 'card', id: 'c', issuer: issuerId, issuerNames: [], template: { display: [], claims: [] }, copies: [], added: 1, award: 'a' };
  const line = (id: string, ...cards: string[]): Shown => ({ kind: 'shown', id, at: 1, outcome: 'shown', to: { id: 'x', host: 'x' }, what: cards.map(one => ({ card: one, title: one, claims: [] })) });
  await app.vault.change([card, line('1', 'c'), line('2', 'c', 'd'), line('3', 'd')]);
  const lines = async (): Promise<string[]> => (await app.vault.entries()).filter(entry => entry.kind === 'shown').map(entry => `${entry.id} ${entry.what.map(one => one.card).join()}`);
  await deleteCard(app, card, false);
  assert.deepEqual(await lines(), ['1 c', '2 c,d', '3 d']);
  await deleteCard(app, card, true);
  assert.deepEqual(await lines(), ['2 d', '3 d']);
});

test('collects keys that belong to nothing, but none that was made just now', async () => {
  const { app, entry } = await deferred();
  const stray = await app.vault.keepKeys(await newKeys());
  await app.vault.dropUnused(Date.now() - 60_000);
  assert.ok(await app.vault.keys(stray));
  await app.vault.dropUnused(Date.now() + 60_000);
  assert.equal(await app.vault.keys(stray), undefined);
  assert.equal((await Promise.all(keysOf(entry).map(key => app.vault.keys(key)))).filter(Boolean).length, 3);
});

test('marks a diploma whose signature could not be checked, and leaves no key behind of a form that did not come', async () => {
  const issuer = await FakeIssuer.create();
  issuer.routes.set('https://issuer.example/.well-known/jwt-vc-issuer/institutions/modelo', () => new Response('', { status: 503 }));
  (issuer.metadata.credential_configurations_supported as JsonObject)['diploma-ldp-vc'] = { format: 'ldp_vc', cryptographic_binding_methods_supported: ['did:key'], proof_types_supported: { jwt: {} } };
  const invitation: Invitation = await invite(issuer.world, JSON.stringify({ ...issuer.offer, credential_configuration_ids: ['diploma-sd-jwt', 'diploma-ldp-vc'] }));
  const vault = await Vault.open('unchecked');
  const ids = new Map<string, string>();
  const acceptance = await accept(issuer.world, invitation, { kind: 'pre-authorized', code: 'code-1' }, await newKeys(), async keys => { ids.set(keys.jwk.x, await vault.keepKeys(keys)); });
  const { card } = await keepAcceptance({ vault, world: issuer.world }, invitation, acceptance, ids);
  const { copies } = (await vault.entry('card', card!))!;
  assert.deepEqual(copies.map(copy => copy.unchecked), [true]);
  assert.deepEqual((await Promise.all([...ids.values()].map(id => vault.keys(id)))).map(Boolean), [true, false]);
});

test('refuses a plain file whose proof is of another\'s key, and knows one that says something else', async () => {
  const { app, entry, ready, give } = await deferred();
  await give();
  ready.delete('t0');
  const { jwk } = (await app.vault.keys(entry.later[1]!.key!))!;
  for (const proof of [null, {} as JsonObject, { verificationMethod: 'https://evil.example#k1' }, { verificationMethod: `${issuerId}.evil#k1` }] as Json[]) {
    ready.set('t1', () => Promise.resolve(json({ credentials: [{ credential: file(jwk, { proof }) }] })));
    await refused('issuer_mismatch', () => collectWaiting(app, entry));
  }
  const issuer = await FakeIssuer.create();
  issuer.claims.diploma = { id: 'did:key:other', name: 'Ana Souza' };
  const beside = await readHeld('dc+sd-jwt', await issuer.sdJwt(jwk));
  assert.equal(agrees(await readHeld('ldp_vc', file(jwk)), beside), true);
  assert.equal(agrees(await readHeld('ldp_vc', file(jwk, { credentialSubject: { name: 'Mallory' } })), beside), false);
  assert.equal(agrees(await readHeld('ldp_vc', file(jwk, { issuer: 'https://evil.example' })), beside), false);
});

test('binds the issuer\'s code to a key before the learner leaves', async () => {
  const issuer = await FakeIssuer.create();
  let pushed = new URLSearchParams();
  issuer.routes.set(`${issuerId}/openid/par`, body => { pushed = new URLSearchParams(body); return json({ request_uri: 'urn:x' }, 201); });
  const dpop = await newKeys();
  await leaveFor(issuer.world, await invite(issuer.world, JSON.stringify({ ...issuer.offer, grants: { authorization_code: {} } })), { clientId: 'c', redirectUri: 'https://w.example/callback' }, dpop);
  assert.equal(pushed.get('dpop_jkt'), await thumbprint(dpop.jwk));
});

test('lets no page draw that has lost its turn', () => {
  const turns = new Turns();
  const list = turns.begin();
  list.onlyLists();
  assert.ok(turns.onlyLists && list.mayDraw());
  const consent = turns.begin();
  assert.ok(!turns.onlyLists && !list.mayDraw() && consent.mayDraw());
  // A list whose entries came late does not say of the consent page that it is one.
  list.onlyLists();
  assert.ok(!turns.onlyLists);
});
