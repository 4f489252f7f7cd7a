import assert from 'node:assert/strict';
import test from 'node:test';
import { accept, Attempt, collect, grantOnReturn, invite, leaveFor, type Acceptance, type Invitation } from 'app/issuance/accept.js';
import { newKeys } from 'app/credentials/keys.js';
import type { JsonObject } from 'app/core/json.js';
import { parseOffer, readOffer } from 'app/issuance/offer.js';
import { wellKnown } from 'app/issuance/metadata.js';
import { FakeIssuer, issuerId, json } from './fakeIssuer.js';
import { refused } from './refusals.js';

const client = { clientId: 'credentials-wallet', redirectUri: 'https://wallet.example/callback' };
const take = async (issuer: FakeIssuer, txCode?: string, invitation?: Invitation): Promise<Acceptance> =>
  await accept(issuer.world, invitation ?? await invite(issuer.world, issuer.link), { kind: 'pre-authorized', code: 'code-1', ...(txCode !== undefined && { txCode }) }, await newKeys(), () => Promise.resolve());

test('takes a diploma by a pre-authorized code', async () => {
  const issuer = await FakeIssuer.create();
  const { received, notifications } = await take(issuer);
  assert.equal(received.length, 1);
  assert.equal(received[0]!.claims.degree_name, 'Master of Nursing');
  assert.deepEqual(notifications, ['n1']);
});

test('takes an offer by reference, and with the code that came another way', async () => {
  const issuer = await FakeIssuer.create();
  issuer.txCode = '493536';
  issuer.routes.set('https://issuer.example/offers/x', () => json(issuer.offer));
  const invitation = await invite(issuer.world, 'https://wallet.example/offer?credential_offer_uri=https%3A%2F%2Fissuer.example%2Foffers%2Fx');
  assert.deepEqual(invitation.offer.preAuthorized!.txCode, { numeric: true, length: 6 });
  assert.equal((await take(issuer, '493536', invitation)).received.length, 1);
});

test('keeps the key before it asks for the credential', async () => {
  const issuer = await FakeIssuer.create();
  let asked = -1;
  await accept(issuer.world, await invite(issuer.world, issuer.link), { kind: 'pre-authorized', code: 'code-1' }, await newKeys(), () => { asked = issuer.asked.filter(url => url.endsWith('/credential')).length; return Promise.resolve(); });
  assert.equal(asked, 0);
});

test('gives a server its DPoP nonce once', async () => {
  const issuer = await FakeIssuer.create();
  issuer.dpopNonce = 'server-nonce';
  assert.equal((await take(issuer)).received.length, 1);
  assert.equal(issuer.asked.filter(url => url.endsWith('/token')).length, 2);
});

test('replaces a nonce that ran out', async () => {
  const issuer = await FakeIssuer.create();
  let given = 0;
  issuer.routes.set(`${issuerId}/openid/nonce`, () => json({ c_nonce: given++ === 0 ? 'stale' : 'nonce-1' }));
  assert.equal((await take(issuer)).received.length, 1);
});

test('comes back for what was put off', async () => {
  const issuer = await FakeIssuer.create();
  issuer.deferred = 2;
  // Deferred by an issuer that does not encrypt.
  delete issuer.metadata.credential_response_encryption;
  delete issuer.metadata.credential_request_encryption;
  const invitation = await invite(issuer.world, issuer.link);
  const acceptance = await take(issuer, undefined, invitation);
  assert.equal(acceptance.received.length, 0);
  const [later] = acceptance.later;
  assert.equal(await collect(issuer.world, invitation.issuer, acceptance.token, acceptance.dpop, later!), null);
  issuer.deferred = 0;
  assert.equal((await collect(issuer.world, invitation.issuer, acceptance.token, acceptance.dpop, later!))!.notification, 'n2');
});

test('goes by the authorization page and back', async () => {
  const issuer = await FakeIssuer.create();
  const offer = { ...issuer.offer, grants: { authorization_code: { issuer_state: 's1' } } };
  const invitation = await invite(issuer.world, JSON.stringify(offer));
  const { address, departure } = await leaveFor(issuer.world, invitation, client, await newKeys());
  assert.equal(new URL(address).searchParams.get('request_uri'), 'urn:ietf:params:oauth:request_uri:1');
  assert.equal(new URL(address).searchParams.get('code_challenge'), null);
  const grant = grantOnReturn(new URLSearchParams({ code: 'code-1', state: departure.state, iss: issuerId }), departure, client);
  const { received } = await accept(issuer.world, invitation, grant, await newKeys(), () => Promise.resolve());
  assert.equal(received.length, 1);
});

test('puts the well-known path between host and path', () => {
  assert.equal(wellKnown(issuerId, 'jwt-vc-issuer'), 'https://issuer.example/.well-known/jwt-vc-issuer/institutions/modelo');
  assert.equal(wellKnown('https://issuer.example/', 'x'), 'https://issuer.example/.well-known/x');
});

const malformed: [string, (offer: Record<string, unknown>) => void][] = [
  ['no issuer', offer => { delete offer.credential_issuer; }],
  ['no configuration', offer => { offer.credential_configuration_ids = []; }],
  ['a configuration twice', offer => { offer.credential_configuration_ids = ['a', 'a']; }],
  ['an issuer with a query', offer => { offer.credential_issuer = `${issuerId}?x=1`; }],
  ['an empty code', offer => { offer.grants = { 'urn:ietf:params:oauth:grant-type:pre-authorized_code': { 'pre-authorized_code': '' } }; }],
  ['a transaction code of length zero', offer => { offer.grants = { 'urn:ietf:params:oauth:grant-type:pre-authorized_code': { 'pre-authorized_code': 'c', 'tx_code': { length: 0 } } }; }],
];
for (const [name, spoil] of malformed) {
  test(`refuses an offer with ${name}`, async () => {
    const offer: Record<string, unknown> = { ...(await FakeIssuer.create()).offer };
    spoil(offer);
    await refused('offer_malformed', () => parseOffer(offer as JsonObject));
  });
}

test('refuses an offer that comes both ways, and one that is no JSON, and one with a name twice', async () => {
  const { world } = await FakeIssuer.create();
  await refused('offer_malformed', () => readOffer(world, 'openid-credential-offer://?credential_offer=%7B%7D&credential_offer_uri=https%3A%2F%2Fi.example'));
  await refused('offer_malformed', () => readOffer(world, 'openid-credential-offer://?credential_offer=%7B'));
  await refused('offer_malformed', () => readOffer(world, `{"credential_issuer":"${issuerId}","credential_issuer":"https://evil.example","credential_configuration_ids":["a"]}`));
});

test('refuses an issuer without TLS', async () => {
  const issuer = await FakeIssuer.create();
  await refused('insecure', () => invite(issuer.world, JSON.stringify({ ...issuer.offer, credential_issuer: 'http://issuer.example' })));
  await refused('insecure', () => readOffer(issuer.world, 'openid-credential-offer://?credential_offer_uri=http%3A%2F%2Fissuer.example%2Fo'));
});

test('refuses a mix-up: metadata of another issuer', async () => {
  const issuer = await FakeIssuer.create();
  issuer.metadata.credential_issuer = 'https://evil.example';
  await refused('issuer_mismatch', () => invite(issuer.world, issuer.link));
});

test('refuses a mix-up: a server that the issuer does not name, and one that does not name itself', async () => {
  const issuer = await FakeIssuer.create();
  const offer = { ...issuer.offer, grants: { authorization_code: { authorization_server: 'https://evil.example' } } };
  await refused('issuer_mismatch', () => invite(issuer.world, JSON.stringify(offer)));
  issuer.server.issuer = 'https://evil.example';
  await refused('issuer_mismatch', () => invite(issuer.world, issuer.link));
});

test('refuses a mix-up: a return that names another server, or none where it names itself', async () => {
  const issuer = await FakeIssuer.create();
  const invitation = await invite(issuer.world, JSON.stringify({ ...issuer.offer, grants: { authorization_code: {} } }));
  const { departure } = await leaveFor(issuer.world, invitation, client, await newKeys());
  await refused('issuer_mismatch', () => grantOnReturn(new URLSearchParams({ code: 'c', state: departure.state, iss: 'https://evil.example' }), departure, client));
  await refused('issuer_mismatch', () => grantOnReturn(new URLSearchParams({ code: 'c', state: departure.state }), departure, client));
  await refused('state_unknown', () => grantOnReturn(new URLSearchParams({ code: 'c', state: 'other', iss: issuerId }), departure, client));
  await refused('issuer_denied', () => grantOnReturn(new URLSearchParams({ error: 'access_denied', state: departure.state, iss: issuerId }), departure, client));
});

test('says which: a used offer, or a wrong code', async () => {
  const used = await FakeIssuer.create();
  await take(used);
  await refused('offer_used', () => take(used));
  const coded = await FakeIssuer.create();
  coded.txCode = '493536';
  await refused('tx_code_wrong', () => take(coded, '000000'));
});

test('refuses a token from which the binding was taken off', async () => {
  const issuer = await FakeIssuer.create();
  issuer.routes.set(`${issuerId}/openid/token`, () => json({ access_token: 't', token_type: 'Bearer' }));
  await refused('token_unbound', () => take(issuer));
});

test('refuses an answer in the clear where it asked for an encrypted one', async () => {
  const issuer = await FakeIssuer.create();
  issuer.routes.set(`${issuerId}/openid/credential`, () => json({ credentials: [{ credential: 'x' }] }));
  await refused('encryption', () => take(issuer));
});

test('refuses a credential that is bound to another key, and tells the issuer', async () => {
  const issuer = await FakeIssuer.create();
  const { jwk } = await newKeys();
  issuer.cnf = () => jwk;
  await refused('credential_foreign', () => take(issuer));
  assert.match(issuer.notified[0]!, /credential_failure/);
});

test('refuses a credential of another kind, or of another issuer, or with a claim that nobody signed', async () => {
  for (const [code, spoil] of [
    ['credential_foreign', (payload: JsonObject) => ({ ...payload, vct: 'urn:other' })],
    ['issuer_mismatch', (payload: JsonObject) => ({ ...payload, iss: 'https://evil.example' })],
    ['credential_malformed', (payload: JsonObject) => ({ ...payload, _sd: (payload._sd as string[]).slice(1) })],
    ['credential_malformed', (payload: JsonObject) => ({ ...payload, _sd_alg: 'md5' })],
  ] as const) {
    const issuer = await FakeIssuer.create();
    issuer.payload = spoil;
    await refused(code, () => take(issuer));
  }
});

test('refuses a forged signature, and takes what it cannot check just now', async () => {
  const forged = await FakeIssuer.create();
  const other = await FakeIssuer.create();
  forged.routes.set('https://issuer.example/.well-known/jwt-vc-issuer/institutions/modelo', other.routes.get('https://issuer.example/.well-known/jwt-vc-issuer/institutions/modelo')!);
  await refused('credential_forged', () => take(forged));
  const unreachable = await FakeIssuer.create();
  unreachable.routes.set('https://issuer.example/.well-known/jwt-vc-issuer/institutions/modelo', () => new Response('', { status: 503 }));
  assert.equal((await take(unreachable)).received.length, 1);
});

test('refuses an offer of forms that it cannot keep, and an issuer that wants a key attested', async () => {
  const issuer = await FakeIssuer.create();
  await refused('nothing_offered', () => invite(issuer.world, JSON.stringify({ ...issuer.offer, credential_configuration_ids: ['cose', 'unknown', '__proto__'] })));
  const configuration = (issuer.metadata.credential_configurations_supported as JsonObject)['diploma-sd-jwt'] as JsonObject;
  configuration.proof_types_supported = { jwt: { proof_signing_alg_values_supported: ['ES256'], key_attestations_required: {} } };
  await refused('nothing_offered', () => invite(issuer.world, issuer.link));
});

/** Loses the answer of that route so many times, after it was given. */
function lose(issuer: FakeIssuer, route: string, times: number): { bodies: string[]; proofs: string[] } {
  const heard = { bodies: [] as string[], proofs: [] as string[] };
  const handler = issuer.routes.get(`${issuerId}/openid/${route}`)!;
  let first: Response | undefined;
  issuer.routes.set(`${issuerId}/openid/${route}`, async (body, request) => {
    heard.bodies.push(body);
    heard.proofs.push(String(request.headers.get('dpop')));
    // The same request has the same answer, as ours gives it.
    first ??= await handler(body, request);
    if (times-- > 0) {
      throw new TypeError('lost');
    }
    return first.clone();
  });
  return heard;
}

test('asks again in the same words, under another proof, when the answer was lost', async () => {
  const issuer = await FakeIssuer.create();
  const heard = lose(issuer, 'credential', 2);
  lose(issuer, 'token', 1);
  assert.equal((await take(issuer)).received.length, 1);
  assert.equal(new Set(heard.bodies).size, 1);
  assert.equal(new Set(heard.proofs).size, 3);
});

test('goes on where it was when the learner tries again, with the same key and the same words', async () => {
  const issuer = await FakeIssuer.create();
  const heard = lose(issuer, 'credential', 3);
  const invitation = await invite(issuer.world, issuer.link);
  const [dpop, attempt, kept] = [await newKeys(), new Attempt(), [] as string[]];
  const again = (): Promise<Acceptance> => accept(issuer.world, invitation, { kind: 'pre-authorized', code: 'code-1' }, dpop, keys => { kept.push(keys.jwk.x); return Promise.resolve(); }, attempt);
  await refused('unreachable', again);
  const { received } = await again();
  assert.deepEqual([received[0]!.keys!.jwk.x], kept);
  assert.equal(new Set(heard.bodies).size, 1);
  assert.equal(issuer.asked.filter(url => url.endsWith('/token')).length, 1);
});

test('does not ask again where it was refused', async () => {
  const issuer = await FakeIssuer.create();
  issuer.routes.set(`${issuerId}/openid/credential`, () => json({ error: 'invalid_token' }, 401));
  await refused('answered', () => take(issuer));
  assert.equal(issuer.asked.filter(url => url.endsWith('/credential')).length, 1);
});

test('says which form did not come', async () => {
  const issuer = await FakeIssuer.create();
  const configurations = issuer.metadata.credential_configurations_supported as JsonObject;
  configurations['diploma-ldp-vc'] = { format: 'ldp_vc', cryptographic_binding_methods_supported: ['did:key'], proof_types_supported: { jwt: {} } };
  const invitation = await invite(issuer.world, JSON.stringify({ ...issuer.offer, credential_configuration_ids: ['diploma-sd-jwt', 'diploma-ldp-vc'] }));
  const { received, missed } = await take(issuer, undefined, invitation);
  assert.deepEqual([received.map(one => one.format), missed.map(one => one.id)], [['dc+sd-jwt'], ['diploma-ldp-vc']]);
});

test('refuses an answer that is too large, and says unreachable when there is none', async () => {
  const issuer = await FakeIssuer.create();
  issuer.routes.set('https://issuer.example/.well-known/openid-credential-issuer/institutions/modelo', () => new Response('x'.repeat(3_000_000)));
  await refused('too_large', () => invite(issuer.world, issuer.link));
  await refused('unreachable', () => invite({ ...issuer.world, fetch: () => Promise.reject(new TypeError('failed')) }, issuer.link));
});
