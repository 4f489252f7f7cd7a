import assert from 'node:assert/strict';
import test from 'node:test';
import type { Json, JsonObject } from 'app/core/json.js';
import { readHeld, type Held } from 'app/credentials/held.js';
import { newKeys } from 'app/credentials/keys.js';
import { readSdJwt } from 'app/credentials/sdjwt.js';
import { select } from 'app/presentation/claims.js';
import { answerable, matchAll, type Holding } from 'app/presentation/match.js';
import { readQuery, type Path } from 'app/presentation/query.js';
import { revealed } from 'app/presentation/revealed.js';
import { Selection } from 'app/presentation/selection.js';
import { base64url, sha256, utf8 } from 'app/core/bytes.js';
import { readJson } from 'app/core/json.js';
import { FakeIssuer } from './fakeIssuer.js';
import { refused } from './refusals.js';

const query = (claims?: JsonObject[], more: JsonObject = {}): JsonObject => ({ credentials: [{ id: 'd', format: 'dc+sd-jwt', meta: { vct_values: ['urn:credentials:diploma:v1'] }, ...(claims && { claims }), ...more }] });

async function diploma(claims: Record<string, Json> = {}): Promise<Held> {
  const issuer = await FakeIssuer.create();
  Object.assign(issuer.claims, claims);
  return await readHeld('dc+sd-jwt', await issuer.sdJwt((await newKeys()).jwk));
}

const holding = (held: Held, card = 'a', bound = true): Holding => ({ card, held, bound });
const shown = (question: JsonObject, ...held: Held[]): string[][] =>
  new Selection(readQuery(question), matchAll(readQuery(question), held.map((one, at) => holding(one, String(at))))).choices.map(choice => choice.way.disclosures.map(disclosure => String(disclosure.path[0])));

const degrees = { degrees: [{ type: 'Bachelor' }, { type: 'Master' }], nationalities: ['BR', 'PT'], name: 'Ana', address: { city: 'Porto' } };

// The example of the specification's claims path pointers, in our words.
for (const [path, values] of [
  [['name'], ['Ana']], [['address'], [{ city: 'Porto' }]], [['address', 'city'], ['Porto']],
  [['degrees', null, 'type'], ['Bachelor', 'Master']], [['nationalities', 1], ['PT']],
] as [Path, Json[]][]) {
  test(`selects ${JSON.stringify(path)}`, () => { assert.deepEqual(select(degrees, path)!.map(one => one.value), values); });
}

for (const path of [['none'], ['name', 'x'], ['name', 0], ['name', null], ['nationalities', 2], ['address', 0], ['degrees', 'type'], ['toString']] as Path[]) {
  test(`selects nothing by ${JSON.stringify(path)}`, () => { assert.equal(select(degrees, path), null); });
}

test('shows what was asked and nothing else; without claims nothing that can be kept back', async () => {
  const held = await diploma();
  assert.deepEqual(shown(query([{ path: ['eqf_level'] }, { path: ['award_date'] }]), held).map(names => names.sort()), [['award_date', 'eqf_level']]);
  assert.deepEqual(shown(query(), held), [[]]);
});

test('takes the first set of claims that it can serve', async () => {
  const claims = [{ id: 'a', path: ['missing'] }, { id: 'b', path: ['eqf_level'] }, { id: 'c', path: ['name'] }];
  assert.deepEqual(shown(query(claims, { claim_sets: [['a'], ['b'], ['c']] }), await diploma()), [['eqf_level']]);
});

test('has nothing for a value, a kind, a form or an authority that does not match', async () => {
  const held = await diploma();
  for (const question of [
    query([{ path: ['eqf_level'], values: [8] }]),
    query([{ path: ['eqf_level'], values: ['7'] }]),
    query([{ path: ['eqf_level'] }, { path: ['missing'] }]),
    query([], { meta: { vct_values: ['urn:other'] }, claims: [{ path: ['eqf_level'] }] }),
    query(undefined, { format: 'mso_mdoc', meta: {} }),
    query(undefined, { trusted_authorities: [{ type: 'aki', values: ['s9tIpPmhxdiuNkHMEWNpYim8S8Y'] }] }),
    query(undefined, { trusted_authorities: [{ type: 'etsi_tl', values: ['https://lotl.example'] }] }),
  ]) {
    assert.ok(!answerable(readQuery(question), matchAll(readQuery(question), [holding(held)])), JSON.stringify(question));
  }
});

test('shows no diploma whose key is elsewhere, unless nobody wants it bound', async () => {
  const held = await diploma();
  const bound = readQuery(query());
  const free = readQuery(query(undefined, { require_cryptographic_holder_binding: false }));
  assert.ok(!answerable(bound, matchAll(bound, [holding(held, 'a', false)])));
  assert.ok(answerable(free, matchAll(free, [holding(held, 'a', false)])));
});

test('chooses among diplomas, and shows several where several are taken', async () => {
  const [first, second] = [await diploma(), await diploma({ eqf_level: 6 })];
  const one = readQuery(query([{ path: ['eqf_level'] }]));
  const chosen = new Selection(one, matchAll(one, [holding(first, 'a'), holding(second, 'b')]));
  chosen.take('d', 1);
  assert.deepEqual(chosen.choices.map(choice => choice.match.card), ['b']);
  const many = readQuery(query([{ path: ['eqf_level'] }], { multiple: true }));
  const both = new Selection(many, matchAll(many, [holding(first, 'a'), holding(second, 'b')]));
  both.take('d', 1);
  assert.deepEqual(both.choices.map(choice => choice.match.card), ['a', 'b']);
});

test('serves credential sets: the option that it can, and an optional one only when it is chosen', async () => {
  const question: JsonObject = {
    credentials: [{ id: 'file', format: 'ldp_vc', meta: {} }, { id: 'level', format: 'dc+sd-jwt', meta: {}, claims: [{ path: ['eqf_level'] }] }, { id: 'name', format: 'dc+sd-jwt', meta: {}, claims: [{ path: ['name'] }] }],
    credential_sets: [{ options: [['file'], ['level']] }, { options: [['name']], required: false }],
  };
  const selection = new Selection(readQuery(question), matchAll(readQuery(question), [holding(await diploma())]));
  assert.deepEqual(selection.active, ['level']);
  selection.options[1] = 0;
  assert.deepEqual(selection.active, ['level', 'name']);
});

const wrong: [string, JsonObject][] = [
  ['no credentials', { credentials: [] }],
  ['an id twice', { credentials: [{ id: 'a', format: 'x', meta: {} }, { id: 'a', format: 'x', meta: {} }] }],
  ['an id with a blank', { credentials: [{ id: 'a b', format: 'x', meta: {} }] }],
  ['no meta', { credentials: [{ id: 'a', format: 'x' }] }],
  ['claim sets without claims', query(undefined, { claim_sets: [['a']] })],
  ['a claim set of an unknown claim', query([{ id: 'a', path: ['x'] }], { claim_sets: [['b']] })],
  ['a claim without an id beside claim sets', query([{ path: ['x'] }, { id: 'a', path: ['y'] }], { claim_sets: [['a']] })],
  ['an empty path', query([{ path: [] }])],
  ['a negative index', query([{ path: ['a', -1] }])],
  ['a fraction for an index', query([{ path: ['a', 0.5] }])],
  ['no values', query([{ path: ['a'], values: [] }])],
  ['a set of an unknown credential', { ...query(), credential_sets: [{ options: [['x']] }] }],
  ['a flag that is a text', query(undefined, { multiple: 'true' })],
];
for (const [name, question] of wrong) {
  test(`refuses a question with ${name}`, () => refused('query_malformed', () => readQuery(question)));
}

test('reads claims inside claims, and shows the way to them', async () => {
  const inner = base64url(utf8(JSON.stringify(['s1', 'city', 'Porto'])));
  const outer = base64url(utf8(JSON.stringify(['s2', 'address', { country: 'PT', _sd: [base64url(await sha256(utf8(inner)))] }])));
  const payload = { vct: 'urn:v', iss: 'https://i.example', _sd: [base64url(await sha256(utf8(outer)))] };
  const text = [`${base64url(utf8('{"alg":"ES256","typ":"dc+sd-jwt"}'))}.${base64url(utf8(JSON.stringify(payload)))}.c2ln`, inner, outer, ''].join('~');
  const held = await readHeld('dc+sd-jwt', text);
  assert.deepEqual(held.claims.address, { country: 'PT', city: 'Porto' });
  const question = { credentials: [{ id: 'd', format: 'dc+sd-jwt', meta: {}, claims: [{ path: ['address', 'city'] }] }] };
  assert.deepEqual(new Selection(readQuery(question), matchAll(readQuery(question), [holding(held)])).choices[0]!.way.disclosures.length, 2);
  await refused('credential_malformed', () => readSdJwt(text.replace(`${outer}~`, '')));
  await refused('credential_malformed', () => readSdJwt(text.replace(`${inner}~`, `${inner}~${inner}~`)));
  await refused('credential_malformed', () => readSdJwt(text.slice(0, -1)));
});

test('refuses a name that stands twice, and a depth without end', async () => {
  await refused('unreadable', () => readJson('{"a":1,"a":2}'));
  await refused('unreadable', () => readJson('{"a":{"b":1,"\\u0062":2}}'));
  await refused('unreadable', () => readJson('{"__proto__":{}}'));
  await refused('unreadable', () => readJson('['.repeat(100) + ']'.repeat(100)));
  assert.deepEqual(readJson('{"a":{"a":"{\\"a\\":1,\\"a\\":2}"},"b":[{"a":1},{"a":2}]}'), { a: { a: '{"a":1,"a":2}' }, b: [{ a: 1 }, { a: 2 }] });
});

/** What a question would really show of a credential. */
async function told(held: Held, ...claims: JsonObject[]): Promise<{ shown: JsonObject; more: string[]; hidden: string[] }> {
  const question = readQuery(query(claims));
  const [choice] = new Selection(question, matchAll(question, [holding(held)])).choices;
  const { shown, more, hidden } = await revealed(choice!.match.held, choice!.way);
  return { shown: Object.fromEntries(shown.map(({ path, value }) => [path.join('.'), value])), more: more.map(path => path.join('.')), hidden: hidden.map(path => path.join('.')).sort() };
}

test('tells what is sent: what was asked, and the rest as hidden', async () => {
  const { shown, more, hidden } = await told(await diploma(), { path: ['eqf_level'] });
  assert.deepEqual(shown, { eqf_level: 7 });
  assert.deepEqual(more, []);
  assert.deepEqual(hidden, ['award_date', 'degree_name', 'institution_name', 'name']);
});

test('tells that a whole disclosure goes out where a part of it was asked, and calls nothing hidden that stands in it', async () => {
  const whole = { award: { level: 7, grade: 'A' }, name: 'Ana Souza' };
  const { shown, more, hidden } = await told(await diploma({ diploma: whole }), { path: ['diploma', 'award', 'level'] });
  assert.deepEqual(shown, { diploma: whole });
  assert.deepEqual(more, ['diploma.award.grade', 'diploma.name']);
  assert.deepEqual(hidden, []);
});

test('tells what of a list goes out beside the element that was asked', async () => {
  const { more } = await told(await diploma({ nationalities: ['BR', 'PT'] }), { path: ['nationalities', 1] });
  assert.deepEqual(more, ['nationalities.0']);
});

test('tells what stands in plain text, and never calls it hidden', async () => {
  const issuer = await FakeIssuer.create();
  delete issuer.claims.name;
  const held = await readHeld('dc+sd-jwt', await issuer.sdJwt((await newKeys()).jwk, { name: 'Ana Souza', sub: 'did:example:ana' }));
  const { shown, more, hidden } = await told(held, { path: ['eqf_level'] });
  assert.deepEqual(shown, { name: 'Ana Souza', sub: 'did:example:ana', eqf_level: 7 });
  assert.deepEqual(more, ['name', 'sub']);
  assert.ok(!hidden.includes('name'));
});

test('does not call hidden what another claim tells in the same words', async () => {
  const { hidden } = await told(await diploma({ signature_line: 'Ana Souza' }), { path: ['signature_line'] });
  assert.ok(!hidden.includes('name'));
});

test('tells everything of a form that is shown whole', async () => {
  const held = await readHeld('ldp_vc', { '@context': [], 'type': ['VerifiableCredential'], 'issuer': 'https://i.example', 'description': 'x', 'credentialSubject': { id: 'did:key:z', level: 7, name: 'Ana' } });
  const { shown } = await revealed(held, { claims: [], disclosures: [] });
  assert.deepEqual(shown.map(({ path }) => path[0]), ['id', 'level', 'name', 'description']);
});
