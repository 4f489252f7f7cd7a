import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import test from 'node:test';
import { newKeys } from 'app/credentials/keys.js';
import { contrast, coloursOf, fieldsOf, type Template } from 'app/credentials/display.js';
import type { Card, Entry, Shown } from 'app/storage/entries.js';
import { exportFile, importFile } from 'app/storage/exportFile.js';
import { Vault } from 'app/storage/vault.js';
import { FakeIssuer, issuerId } from './fakeIssuer.js';
import { refused } from './refusals.js';

async function card(): Promise<Card> {
  const issuer = await FakeIssuer.create();
  return {
    kind: 'card', id: 'card-1', issuer: issuerId, issuerNames: [], template: { display: [], claims: [] }, added: 1, award: 'a',
    copies: [{ format: 'dc+sd-jwt', text: await issuer.sdJwt((await newKeys()).jwk), configuration: 'diploma-sd-jwt', key: 'k' }],
    notes: { issuer: {} as never, token: { value: 'secret-token', bound: true, identifiers: {} }, dpop: 'd', ids: [] },
  };
}

const rows = (name: string, store: string): Promise<unknown[]> => new Promise(resolve => {
  const open = indexedDB.open(name, 1);
  open.onsuccess = () => {
    const all = open.result.transaction(store).objectStore(store).getAll();
    all.onsuccess = () => { open.result.close(); resolve(all.result); };
  };
});

test('keeps entries so that nobody reads them from the disk, and keys so that nobody reads them at all', async () => {
  const vault = await Vault.open('a');
  await vault.change([await card()]);
  const id = await vault.keepKeys(await newKeys());
  assert.equal((await vault.entries()).length, 1);
  const [row] = await rows('a', 'records') as { data: ArrayBuffer }[];
  assert.ok(!Buffer.from(row!.data).includes('secret-token'));
  const lock = (await rows('a', 'lock'))[0] as { key: CryptoKey };
  assert.equal(lock.key.extractable, false);
  const { privateKey } = (await vault.keys(id))!;
  assert.equal(privateKey.extractable, false);
  await assert.rejects(crypto.subtle.exportKey('pkcs8', privateKey));
});

test('opens with the passkey only, once it is locked with it, and with the device again', async () => {
  const vault = await Vault.open('b');
  await vault.change([await card()]);
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const salt = crypto.getRandomValues(new Uint8Array(32));
  await vault.relock({ credential: new Uint8Array([1]), salt, secret });
  const again = await Vault.open('b');
  assert.equal(again.isOpen, false);
  await refused('locked', () => again.entries());
  await refused('locked', () => again.keys('k'));
  await refused('locked', () => again.unlock(crypto.getRandomValues(new Uint8Array(32))));
  await again.unlock(secret);
  assert.equal((await again.entry('card', 'card-1'))?.id, 'card-1');
  await again.relock();
  assert.ok((await Vault.open('b')).isOpen);
});

test('locks at once where a passkey is the lock, and says so where it is not', async () => {
  const vault = await Vault.open('lock-now');
  await vault.change([await card()]);
  assert.equal(vault.forget(), false);
  assert.equal((await vault.entries()).length, 1);
  const secret = crypto.getRandomValues(new Uint8Array(32));
  await vault.relock({ credential: new Uint8Array([1]), salt: crypto.getRandomValues(new Uint8Array(32)), secret });
  assert.equal(vault.forget(), true);
  assert.equal(vault.isOpen, false);
  await refused('locked', () => vault.entries());
  await refused('locked', () => vault.keys('k'));
  await refused('locked', async () => vault.change([await card()]));
  await vault.unlock(secret);
  assert.equal((await vault.entries()).length, 1);
  await vault.relock();
  assert.equal(vault.forget(), false);
});

test('lets no tab write that holds the key of before', async () => {
  const [one, other] = [await Vault.open('c'), await Vault.open('c')];
  await one.change([await card()]);
  await one.relock();
  await refused('locked', async () => other.change([{ ...await card(), id: 'card-2' }]));
  await refused('locked', () => other.entries());
  assert.equal((await one.entries()).length, 1);
});

test('does not open a row that was put in the place of another', async () => {
  const vault = await Vault.open('d');
  await vault.change([await card()]);
  const [row] = await rows('d', 'records') as { id: string }[];
  await new Promise<void>(resolve => {
    const open = indexedDB.open('d', 1);
    open.onsuccess = () => { const put = open.result.transaction('records', 'readwrite').objectStore('records').put({ ...row, id: 'card-9' }); put.onsuccess = () => { open.result.close(); resolve(); }; };
  });
  await refused('locked', () => vault.entry('card', 'card-9'));
});

test('deletes everything', async () => {
  const vault = await Vault.open('e');
  await vault.change([await card()]);
  await vault.keepKeys(await newKeys());
  await vault.wipe();
  for (const store of ['records', 'keys', 'lock']) {
    assert.deepEqual(await rows('e', store), []);
  }
});

test('exports and imports under the passphrase, without keys and tokens', async () => {
  const file = await exportFile([await card()], 'correct horse battery');
  assert.ok(!file.includes('eyJ') && !file.includes('secret-token'));
  const [back] = (await importFile(file, 'correct horse battery')).entries as Card[];
  assert.equal(back!.copies[0]!.key, undefined);
  assert.equal(back!.notes, undefined);
  assert.match(back!.copies[0]!.text, /^eyJ/);
});

test('takes of a file only what is a diploma or a line of history, and counts the rest', async () => {
  const good = await card();
  const line: Shown = { kind: 'shown', id: 'l', at: 1, outcome: 'refused', to: { id: 'x', host: 'x' }, what: [{ card: 'c', title: 'T', claims: [{ label: 'a', value: 'b' }] }] };
  const spoiled: unknown[] = [
    { ...good, id: 7 }, { ...good, added: 'soon' }, { ...good, copies: [] }, { ...good, copies: [{ ...good.copies[0], text: 'x' }] }, { ...good, copies: [{ ...good.copies[0], format: 'mso_mdoc' }] }, { ...good, award: null },
    { ...line, outcome: 'trusted' }, { ...line, at: 1e300 }, { ...line, to: { id: 'x' } }, { ...line, to: { ...line.to, name: {} } }, { ...line, what: [{ card: 'c', title: 'T', claims: [{ label: 'a', value: {} }] }] }, { ...line, what: 'all' },
  ];
  const file = await exportFile([{ ...good, issuer: 'https://evil.example', issuerNames: [{ name: 'Harvard' }], extra: 1 }, line, ...spoiled] as Entry[], 'correct horse battery');
  const { entries, dropped } = await importFile(file, 'correct horse battery');
  assert.equal(dropped, spoiled.length);
  const [back, shown] = entries as [Card, Shown];
  assert.deepEqual(shown, line);
  assert.deepEqual(Object.keys(back).sort(), ['added', 'award', 'copies', 'id', 'issuer', 'issuerNames', 'kind', 'template']);
  assert.deepEqual([back.issuer, back.issuerNames, back.copies[0]!.unchecked], [issuerId, [], true]);
});

test('refuses a wrong passphrase, a changed file, a newer one, one of another kind, and one that would take for ever', async () => {
  const file = await exportFile([await card()], 'correct horse battery');
  const changed = (change: (head: Record<string, never> & { kdf: { iterations: number } }) => unknown): string => { const head = JSON.parse(file) as never; change(head); return JSON.stringify(head); };
  await refused('passphrase_wrong', () => importFile(file, 'wrong horse battery'));
  await refused('passphrase_wrong', () => importFile(changed(head => Object.assign(head, { data: String((head as Record<string, unknown>).data).replace(/^.../, 'AAA') })), 'correct horse battery'));
  await refused('import_version', () => importFile(changed(head => Object.assign(head, { version: 2 })), 'x'));
  await refused('import_malformed', () => importFile(changed(head => Object.assign(head, { type: 'other' })), 'x'));
  await refused('import_malformed', () => importFile(changed(head => { head.kdf.iterations = 1e12; }), 'x'));
  await refused('import_malformed', () => importFile(changed(head => { head.kdf.iterations = 1; }), 'x'));
  await refused('import_malformed', () => importFile('no file', 'x'));
});

test('draws a card in colours that can be read, and in no others', () => {
  const display = (background: string, text: string): object => coloursOf({ display: [{ background_color: background, text_color: text }], claims: [] }, 'en');
  assert.deepEqual(display('#12107c', '#FFFFFF'), { background: '#12107c', text: '#FFFFFF' });
  assert.deepEqual(display('#ffffff', '#eeeeee'), {});
  assert.deepEqual(display('red;background:url(https://evil.example)', '#fff'), {});
  assert.ok(Math.abs(contrast('#000', '#fff') - 21) < 0.01);
});

test('names claims in the learner\'s language, in the order of the template, and leaves machinery out', () => {
  const template: Template = { display: [], claims: [{ path: ['name'], display: [{ lang: 'en', label: 'Name' }, { lang: 'ar', label: 'الاسم' }] }, { path: ['eqf_level'] }] };
  const fields = fieldsOf({ iss: 'x', cnf: {}, eqf_level: 7, name: 'Ana', other: 1 }, template, 'ar');
  assert.deepEqual(fields.map(field => [field.path[0], field.label]), [['name', 'الاسم'], ['eqf_level', undefined], ['other', undefined]]);
});
