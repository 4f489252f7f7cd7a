import assert from 'node:assert/strict';
import test from 'node:test';
import { compactDecrypt, decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK, jwtVerify } from 'jose';
import { base58, fromBase58 } from 'app/core/base58.js';
import { base64url, concat, fromBase64, sha256, utf8 } from 'app/core/bytes.js';
import { jcs } from 'app/core/jcs.js';
import type { JsonObject } from 'app/core/json.js';
import { didKeyOf, webAddress, webNameOf } from 'app/credentials/did.js';
import { readHeld, type Held } from 'app/credentials/held.js';
import { didJwk, didKey, keyId, newKeys, type KeyPair } from 'app/credentials/keys.js';
import { canShow, vpToken } from 'app/presentation/answer.js';
import { matchAll, type Holding } from 'app/presentation/match.js';
import { readRequest } from 'app/presentation/request.js';
import { Selection } from 'app/presentation/selection.js';
import { decline, send, type Outcome } from 'app/presentation/send.js';
import { FakeIssuer, json, now } from './fakeIssuer.js';
import { certificates, FakeVerifier, responseUri } from './fakeVerifier.js';
import { refused } from './refusals.js';

async function learner(): Promise<{ keys: KeyPair; holdings: Holding[] }> {
  const keys = await newKeys();
  const held = await readHeld('dc+sd-jwt', await (await FakeIssuer.create()).sdJwt(keys.jwk));
  return { keys, holdings: [{ card: 'c', held, bound: true }] };
}

async function answer(verifier: FakeVerifier, handed: string, given?: { keys: KeyPair; holdings: Holding[] }): Promise<JsonObject> {
  const { keys, holdings } = given ?? await learner();
  const request = await readRequest(verifier.world, handed);
  const { choices } = new Selection(request.query, matchAll(request.query, holdings));
  const token = await vpToken(request, choices, () => Promise.resolve(keys), now);
  await send(verifier.world, request, token);
  return token;
}

test('shows level 7 and nothing else, bound to this question', async () => {
  const verifier = await FakeVerifier.create();
  const given = await learner();
  await answer(verifier, verifier.link(), given);
  const [sent] = verifier.answers;
  assert.equal(sent!.get('state'), 's-1');
  const [shown] = (JSON.parse(sent!.get('vp_token')!) as Record<string, string[]>).diploma!;
  const parts = shown!.split('~');
  assert.equal(parts.length, 3);
  assert.deepEqual((JSON.parse(Buffer.from(parts[1]!, 'base64url').toString()) as unknown[]).slice(1), ['eqf_level', 7]);
  const { payload, protectedHeader } = await jwtVerify(parts[2]!, await importJWK({ ...given.keys.jwk }, 'ES256'), { audience: verifier.clientId, typ: 'kb+jwt', currentDate: new Date(now) });
  assert.equal(payload.nonce, 'n-1');
  assert.equal(payload.sd_hash, base64url(await sha256(utf8(`${parts[0]}~${parts[1]}~`))));
  assert.equal(protectedHeader.alg, 'ES256');
});

test('asks by post with a nonce of its own, which must come back', async () => {
  const verifier = await FakeVerifier.create();
  await answer(verifier, verifier.link({ request_uri_method: 'post' }));
  assert.ok(JSON.parse(verifier.wallet!.get('wallet_metadata')!));
  verifier.payload.wallet_nonce = 'other';
  const swapped = { ...verifier.world, fetch: async (url: string, init: RequestInit) => { const a = await verifier.world.fetch(url, { ...init, method: 'GET' }); return a; } };
  await refused('verifier_mismatch', () => readRequest(swapped, verifier.link({ request_uri_method: 'post' })));
});

test('answers an unsigned question to the address that is its name', async () => {
  const verifier = await FakeVerifier.create();
  await answer(verifier, verifier.unsigned());
  const kb = (JSON.parse(verifier.answers[0]!.get('vp_token')!) as Record<string, string[]>).diploma![0]!.split('~').at(-1)!;
  assert.equal(decodeJwt(kb).aud, `redirect_uri:${responseUri}`);
});

test('encrypts the answer to the key that came with the signed question', async () => {
  const verifier = await FakeVerifier.create();
  const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { extractable: true });
  verifier.payload.response_mode = 'direct_post.jwt';
  verifier.payload.client_metadata = { jwks: { keys: [{ kty: 'EC', use: 'sig', alg: 'ES256' }, { ...await exportJWK(publicKey), kid: 'r1', use: 'enc', alg: 'ECDH-ES' } as JsonObject] } };
  await answer(verifier, verifier.link());
  const jwe = verifier.answers[0]!.get('response')!;
  assert.equal(verifier.answers[0]!.get('vp_token'), null);
  assert.deepEqual({ ...decodeProtectedHeader(jwe), epk: 0 }, { alg: 'ECDH-ES', enc: 'A128GCM', kid: 'r1', epk: 0 });
  const { plaintext } = await compactDecrypt(jwe, privateKey);
  assert.equal((JSON.parse(new TextDecoder().decode(plaintext)) as JsonObject).state, 's-1');
});

test('says no without saying why, and goes where it is sent', async () => {
  const verifier = await FakeVerifier.create();
  verifier.reply = () => json({ redirect_uri: 'https://verifier.example/done#response_code=1' });
  const request = await readRequest(verifier.world, verifier.link());
  assert.equal((await decline(verifier.world, request)).redirect, 'https://verifier.example/done#response_code=1');
  assert.equal(verifier.answers[0]!.get('error'), 'access_denied');
  verifier.reply = () => json({ redirect_uri: 'javascript:alert(1)' });
  await refused('insecure', () => send(verifier.world, request, {}));
});

test('knows who asks by certificate, and that its answer goes to that name', async t => {
  const made = await certificates('verifier.example');
  if (!made) {
    t.skip('openssl is not installed');
    return;
  }
  const verifier = await FakeVerifier.create();
  const signed = async (clientId: string, chain: string[]): Promise<string> => {
    verifier.payload.client_id = clientId;
    verifier.header = { typ: 'oauth-authz-req+jwt', x5c: chain };
    return `openid4vp://?${new URLSearchParams({ client_id: clientId, request: await verifier.requestObject(made.key) }).toString()}`;
  };
  const hash = base64url(await sha256(fromBase64(made.leaf)));
  const byName = await readRequest(verifier.world, await signed('x509_san_dns:verifier.example', [made.leaf, made.authority]));
  // Nobody known vouches for that authority: it proves no name.
  assert.equal(byName.verifier.proven, 'certificate');
  assert.equal((await readRequest(verifier.world, await signed(`x509_hash:${hash}`, [made.leaf]))).verifier.proven, 'certificate');
  await refused('request_forged', async () => readRequest(verifier.world, await signed('x509_san_dns:other.example', [made.leaf, made.authority])));
  await refused('request_forged', async () => readRequest(verifier.world, await signed(`x509_hash:${hash}x`, [made.leaf])));
  await refused('certificate', async () => readRequest(verifier.world, await signed('x509_san_dns:verifier.example', [made.leaf, made.leaf])));
  await refused('certificate', async () => readRequest(verifier.world, await signed('x509_san_dns:verifier.example', [])));
  verifier.payload.response_uri = 'https://elsewhere.example/r';
  await refused('verifier_mismatch', async () => readRequest(verifier.world, await signed('x509_san_dns:verifier.example', [made.leaf, made.authority])));
  const other = await generateKeyPair('ES256');
  verifier.payload.response_uri = responseUri;
  verifier.header = { typ: 'oauth-authz-req+jwt', x5c: [made.leaf, made.authority] };
  await refused('request_forged', async () => readRequest(verifier.world, `openid4vp://?${new URLSearchParams({ client_id: 'x509_san_dns:verifier.example', request: await verifier.requestObject(other.privateKey) }).toString()}`));
});

test('refuses a request object that another key signed, or that names no key of its DID', async () => {
  const verifier = await FakeVerifier.create();
  const other = await generateKeyPair('ES256');
  const forged = `openid4vp://?${new URLSearchParams({ client_id: verifier.clientId, request: await verifier.requestObject(other.privateKey) }).toString()}`;
  await refused('request_forged', () => readRequest(verifier.world, forged));
  verifier.header = { typ: 'oauth-authz-req+jwt', kid: 'did:web:evil.example#0' };
  await refused('request_forged', () => readRequest(verifier.world, verifier.link()));
  verifier.header = { typ: 'oauth-authz-req+jwt' };
  await refused('request_forged', () => readRequest(verifier.world, verifier.link()));
});

test('refuses a downgrade from signed to unsigned', async () => {
  const verifier = await FakeVerifier.create();
  await refused('request_unsigned', () => readRequest(verifier.world, verifier.unsigned({ client_id: verifier.clientId })));
  const none = `${base64url(utf8('{"alg":"none","typ":"oauth-authz-req+jwt"}'))}.${base64url(utf8(JSON.stringify(verifier.payload)))}.`;
  await refused('request_malformed', () => readRequest(verifier.world, `openid4vp://?${new URLSearchParams({ client_id: verifier.clientId, request: none }).toString()}`));
});

test('refuses a link and a question that do not belong together', async () => {
  const verifier = await FakeVerifier.create();
  const link = verifier.link();
  verifier.payload.client_id = `redirect_uri:${responseUri}`;
  await refused('verifier_mismatch', () => readRequest(verifier.world, link));
  const other = await FakeVerifier.create();
  await refused('verifier_mismatch', () => readRequest(other.world, other.unsigned({ response_uri: 'https://evil.example/r' })));
});

const broken: [string, Parameters<typeof refused>[0], (payload: JsonObject) => void][] = [
  ['no nonce', 'request_malformed', payload => { delete payload.nonce; }],
  ['another audience', 'request_malformed', payload => { payload.aud = 'https://other.example'; }],
  ['a date passed', 'request_expired', payload => { payload.exp = 1; }],
  ['a date to come', 'request_malformed', payload => { payload.iat = now / 1000 + 3600; }],
  ['transaction data', 'transaction_data', payload => { payload.transaction_data = ['e30']; }],
  ['a response mode of the address bar', 'unsupported', payload => { payload.response_mode = 'fragment'; }],
  ['an id_token', 'unsupported', payload => { payload.response_type = 'vp_token id_token'; }],
  ['a redirect beside the response address', 'request_malformed', payload => { payload.redirect_uri = 'https://verifier.example'; }],
  ['an answer without TLS', 'insecure', payload => { payload.response_uri = 'http://verifier.example/r'; }],
  ['no question', 'query_malformed', payload => { delete payload.dcql_query; }],
];
for (const [name, code, spoil] of broken) {
  test(`refuses a request with ${name}`, async () => {
    const verifier = await FakeVerifier.create();
    spoil(verifier.payload);
    await refused(code, () => readRequest(verifier.world, verifier.link()));
  });
}

test('refuses clients that it cannot know, another type of token, a method that is none, a parameter twice', async () => {
  const verifier = await FakeVerifier.create();
  for (const id of ['example-client', 'verifier_attestation:x', 'origin:https://v.example', 'openid_federation:https://v.example', 'redirect_uri:', ':x']) {
    await refused('verifier_unknown', () => readRequest(verifier.world, verifier.unsigned({ client_id: id })));
  }
  await refused('request_malformed', () => readRequest(verifier.world, verifier.link({ request_uri_method: 'POST' })));
  await refused('request_malformed', () => readRequest(verifier.world, `${verifier.link()}&client_id=x`));
  verifier.header = { ...verifier.header, typ: 'JWT' };
  await refused('request_malformed', () => readRequest(verifier.world, verifier.link()));
});

test('never answers in the clear what was to be encrypted', async () => {
  const verifier = await FakeVerifier.create();
  verifier.payload.response_mode = 'direct_post.jwt';
  for (const metadata of [{}, { jwks: { keys: [] } }, { jwks: { keys: [{ kty: 'EC', crv: 'P-256', use: 'sig', alg: 'ECDH-ES' }] } }]) {
    verifier.payload.client_metadata = metadata as unknown as JsonObject;
    await refused('encryption', () => answer(verifier, verifier.link()));
  }
  assert.equal(verifier.answers.length, 0);
});

test('says when the other side refused, or the question ran out', async () => {
  const verifier = await FakeVerifier.create();
  verifier.reply = () => json({ error: 'invalid_request' }, 400);
  await refused('verifier_refused', () => answer(verifier, verifier.link()));
  verifier.reply = () => json({}, 410);
  await refused('request_expired', () => answer(verifier, verifier.link()));
});

test('knows how far an answer came: not sent, sent without a word back, refused, received', async () => {
  const { keys, holdings } = await learner();
  const course = async (spoil: (verifier: FakeVerifier) => void): Promise<Outcome[]> => {
    const verifier = await FakeVerifier.create();
    spoil(verifier);
    const request = await readRequest(verifier.world, verifier.link());
    const token = await vpToken(request, new Selection(request.query, matchAll(request.query, holdings)).choices, () => Promise.resolve(keys), now);
    const reached: Outcome[] = [];
    await send(verifier.world, request, token, outcome => { reached.push(outcome); }).catch(() => undefined);
    return reached;
  };
  assert.deepEqual(await course(() => undefined), ['unknown', 'shown']);
  assert.deepEqual(await course(verifier => { verifier.reply = () => json({ redirect_uri: 'javascript:alert(1)' }); }), ['unknown', 'shown']);
  assert.deepEqual(await course(verifier => { verifier.reply = () => json({}, 500); }), ['unknown', 'refused']);
  assert.deepEqual(await course(verifier => { verifier.reply = () => { throw new TypeError('lost'); }; }), ['unknown']);
  assert.deepEqual(await course(verifier => { verifier.payload.response_mode = 'direct_post.jwt'; }), []);
});

test('finds keys by DID, and refuses a point that is on no curve', async () => {
  const { jwk } = await newKeys();
  const { world } = await FakeVerifier.create();
  for (const did of [didJwk(jwk), didKey(jwk)]) {
    const { kty, crv, x, y } = await didKeyOf(world, did, keyId(did), 'request_forged');
    assert.deepEqual({ kty, crv, x, y }, { ...jwk });
  }
  await refused('request_forged', () => didKeyOf(world, didKey(jwk), `${didKey(jwk)}#other`, 'request_forged'));
  // x = 5 is on P-256, x = 7 is not.
  for (const [x, on] of [[5, true], [7, false]] as const) {
    const did = `did:key:z${base58(new Uint8Array([0x80, 0x24, 2, ...new Uint8Array(31), x]))}`;
    await (on ? didKeyOf(world, did, did, 'request_forged') : refused('request_forged', () => didKeyOf(world, did, did, 'request_forged')));
  }
  assert.equal(webAddress('did:web:localhost%3A7101:institutions:x', 'request_forged'), 'http://localhost:7101/institutions/x/did.json');
  assert.equal(webAddress('did:web:example.org', 'request_forged'), 'https://example.org/.well-known/did.json');
  await refused('request_forged', () => webAddress('did:web:example.org:..:x', 'request_forged'));
});

test('names a web address whole, and none that means another one than it looks', async () => {
  assert.equal(webNameOf('did:web:tenants.example:mallory', 'request_forged'), 'tenants.example/mallory');
  assert.equal(webNameOf('did:web:localhost%3a7101:institutions:x', 'request_forged'), 'localhost:7101/institutions/x');
  for (const did of ['bank.example%2F.evil.example', 'bank.example%2f', '%E2%80%AEelpmaxe.knab', 'bank.example%3A', 'bank.example%3A443%3A1', 'bank.example%40evil.example', 'user%3Apass', '', '.', '-x-',
    'v.example:%2e%2e:x', 'v.example:%2F', 'v.example:a%5Cb', 'v.example:%252e', 'v.example:', 'v.example:%zz']) {
    await refused('request_forged', () => webNameOf(`did:web:${did}`, 'request_forged'));
    await refused('request_forged', () => webAddress(`did:web:${did}`, 'request_forged'));
  }
});

test('signs a presentation of a plain file so that its hash is that of the specification', async () => {
  const keys = await newKeys();
  const credential = { '@context': ['https://www.w3.org/ns/credentials/v2'], 'type': ['VerifiableCredential'], 'issuer': 'https://i.example', 'credentialSubject': { id: didKey(keys.jwk) } };
  const held = await readHeld('ldp_vc', credential);
  const verifier = await FakeVerifier.create({ credentials: [{ id: 'd', format: 'ldp_vc', meta: { type_values: [['https://www.w3.org/2018/credentials#VerifiableCredential']] } }] });
  const token = await answer(verifier, verifier.link(), { keys, holdings: [{ card: 'c', held, bound: true }] });
  const { proof, ...document } = (token.d as JsonObject[])[0]! as JsonObject & { proof: JsonObject };
  const { proofValue, ...options } = proof;
  assert.equal(options.domain, verifier.clientId);
  assert.equal(options.challenge, 'n-1');
  assert.equal(options.verificationMethod, keyId(didKey(keys.jwk)));
  const data = concat(await sha256(utf8(jcs(options))), await sha256(utf8(jcs(document))));
  const key = await crypto.subtle.importKey('jwk', { ...keys.jwk }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  assert.ok(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, fromBase58(String(proofValue).slice(1), 'unreadable'), data));
});

test('shows a form only to who takes its signature', async () => {
  const { holdings } = await learner();
  const held = holdings[0]!.held;
  const file = { format: 'ldp_vc' } as Held;
  const takes = (formats: JsonObject): { metadata: JsonObject } => ({ metadata: { vp_formats_supported: formats } });
  assert.ok(canShow({ metadata: {} }, held, true));
  assert.ok(canShow(takes({ ldp_vc: { cryptosuite_values: ['ecdsa-jcs-2019'] } }), file, true));
  assert.ok(!canShow(takes({ ldp_vc: { cryptosuite_values: ['ecdsa-rdfc-2019'] } }), file, true));
  assert.ok(!canShow(takes({ 'dc+sd-jwt': { 'kb-jwt_alg_values': ['EdDSA'] } }), held, true));
  assert.ok(!canShow(takes({ jwt_vc_json: {} }), held, true));
});
