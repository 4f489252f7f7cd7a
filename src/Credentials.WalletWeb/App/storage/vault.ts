import { fromUtf8, random, utf8, type Bytes } from '../core/bytes.js';
import { must } from '../core/refusal.js';
import type { KeyPair } from '../credentials/keys.js';
import { Database, type Change } from './database.js';
import { keysOf, type Entry } from './entries.js';

interface Sealed { readonly id: string; readonly iv: Bytes; readonly data: ArrayBuffer }

/** How the ciphertext is opened: by a key that lies here as a handle, or by one that only the passkey yields. */
export type Lock =
  | { readonly id: 'lock'; readonly epoch: string; readonly mode: 'device'; readonly key: CryptoKey }
  | { readonly id: 'lock'; readonly epoch: string; readonly mode: 'passkey'; readonly credential: Bytes; readonly salt: Bytes; readonly check: Sealed };

interface KeyRow extends KeyPair { readonly id: string; readonly since?: number }

/** Diplomas and history, encrypted on this device with a key that cannot be read. Safe to open in several tabs: each write is of one entry, and a tab that holds a key of before is sent to unlock again. */
export class Vault {
  readonly #database: Database;
  #key: CryptoKey | undefined;
  #byPasskey = false;
  #epoch = '';

  private constructor(database: Database) {
    this.#database = database;
  }

  static async open(name?: string): Promise<Vault> {
    const vault = new Vault(await Database.open(name));
    await exclusively(async () => {
      if (!await vault.lock()) {
        await vault.#database.change([{ store: 'lock', put: await deviceLock() }]);
      }
    });
    const lock = (await vault.lock())!;
    if (lock.mode === 'device') {
      vault.#key = lock.key;
      vault.#epoch = lock.epoch;
    }
    return vault;
  }

  get isOpen(): boolean {
    return this.#key !== undefined;
  }

  lock(): Promise<Lock | undefined> {
    return this.#database.get<Lock>('lock', 'lock');
  }

  /** Opens with the secret of the passkey. */
  async unlock(secret: Bytes): Promise<void> {
    const lock = await this.lock();
    must(lock?.mode === 'passkey', 'locked', 'mode');
    const key = await keyFrom(secret, lock.salt);
    must(await unseal(key, lock.check).catch(() => null) === 'check', 'locked', 'passkey');
    this.#key = key;
    this.#byPasskey = true;
    this.#epoch = lock.epoch;
  }

  /** Forgets the key that the passkey gave, so that it is asked for again; false where the device itself is the lock. */
  forget(): boolean {
    if (this.#byPasskey) {
      this.#key = undefined;
    }
    return this.#byPasskey;
  }

  async entries(): Promise<Entry[]> {
    const rows = await this.#database.all<Sealed>('records');
    return await Promise.all(rows.map(async row => JSON.parse(await this.#open(row)) as Entry));
  }

  async entry<K extends Entry['kind']>(kind: K, id: string): Promise<Extract<Entry, { kind: K }> | undefined> {
    const row = await this.#database.get<Sealed>('records', id);
    const entry = row && JSON.parse(await this.#open(row)) as Entry;
    return entry?.kind === kind ? entry as Extract<Entry, { kind: K }> : undefined;
  }

  /** Writes entries and deletes others with their keys, all or nothing. */
  async change(put: readonly Entry[], remove: readonly string[] = [], removeKeys: readonly string[] = []): Promise<void> {
    await sharing(async () => {
      // A tab that was left open while another changed the lock must not write what nobody could read.
      must((await this.lock())?.epoch === this.#epoch, 'locked', 'epoch');
      const sealed = await Promise.all(put.map(entry => seal(this.#held(), entry.id, JSON.stringify(entry))));
      await this.#database.change([
        ...sealed.map((row): Change => ({ store: 'records', put: row })),
        ...remove.map((id): Change => ({ store: 'records', remove: id })),
        ...removeKeys.map((id): Change => ({ store: 'keys', remove: id })),
      ]);
    });
    told();
  }

  async keepKeys(keys: KeyPair): Promise<string> {
    const id = random();
    await this.#database.change([{ store: 'keys', put: { id, since: Date.now(), ...keys } as KeyRow }]);
    return id;
  }

  /** Deletes keys that belong to nothing: of acceptances that failed. One that was made after that moment may belong to an acceptance under way in another tab. */
  async dropUnused(madeBefore: number): Promise<void> {
    const rows = await this.#database.all<KeyRow>('keys');
    const used = new Set((await this.entries()).flatMap(keysOf));
    const unused = rows.filter(row => !used.has(row.id) && (row.since ?? 0) < madeBefore);
    if (unused.length > 0) {
      await this.change([], [], unused.map(row => row.id));
    }
  }

  async keys(id: string): Promise<KeyPair | undefined> {
    this.#held();
    return await this.#database.get<KeyRow>('keys', id);
  }

  /** Changes how the vault is opened: everything is encrypted anew, in one step. */
  async relock(passkey?: { readonly credential: Bytes; readonly salt: Bytes; readonly secret: Bytes }): Promise<void> {
    await exclusively(async () => {
      must((await this.lock())?.epoch === this.#epoch, 'locked', 'epoch');
      const entries = await this.entries();
      const lock = passkey ? await passkeyLock(passkey) : await deviceLock();
      const key = lock.mode === 'device' ? lock.key : await keyFrom(passkey!.secret, passkey!.salt);
      const rows = await Promise.all(entries.map(entry => seal(key, entry.id, JSON.stringify(entry))));
      await this.#database.change([{ store: 'lock', put: lock }, ...rows.map((row): Change => ({ store: 'records', put: row }))]);
      this.#key = key;
      this.#byPasskey = lock.mode === 'passkey';
      this.#epoch = lock.epoch;
    });
    told();
  }

  /** Deletes everything: entries, keys and lock. A new vault is made at the next start. */
  async wipe(): Promise<void> {
    await exclusively(() => this.#database.change([{ store: 'records', clear: true }, { store: 'keys', clear: true }, { store: 'lock', clear: true }]));
    this.#key = undefined;
    told();
  }

  close(): void {
    this.#database.close();
  }

  #held(): CryptoKey {
    must(this.#key, 'locked', 'key');
    return this.#key;
  }

  async #open(row: Sealed): Promise<string> {
    try {
      return await unseal(this.#held(), row);
    } catch {
      must(false, 'locked', 'epoch');
    }
  }
}

const me = random();

/** Tells the other tabs that something changed. */
const told = (): void => {
  const channel = new BroadcastChannel('wallet');
  channel.postMessage(me);
  channel.close();
};

/** Hears it when another tab changed something. */
export const onChange = (heard: () => void): void => {
  new BroadcastChannel('wallet').addEventListener('message', ({ data }) => {
    if (data !== me) {
      heard();
    }
  });
};

const exclusively = <T>(work: () => Promise<T>): Promise<T> => withLock('exclusive', work);
const sharing = <T>(work: () => Promise<T>): Promise<T> => withLock('shared', work);
const withLock = async <T>(mode: LockMode, work: () => Promise<T>): Promise<T> =>
  typeof navigator === 'undefined' || !('locks' in navigator) ? await work() : await navigator.locks.request('wallet', { mode }, work) as T;

async function deviceLock(): Promise<Extract<Lock, { mode: 'device' }>> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  return { id: 'lock', epoch: random(), mode: 'device', key };
}

async function passkeyLock({ credential, salt, secret }: { credential: Bytes; salt: Bytes; secret: Bytes }): Promise<Lock> {
  return { id: 'lock', epoch: random(), mode: 'passkey', credential, salt, check: await seal(await keyFrom(secret, salt), 'check', 'check') };
}

async function keyFrom(secret: Bytes, salt: Bytes): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  return await crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info: utf8('credentials-wallet vault v1') }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

// The id is authenticated with the entry: one row put in the place of another does not open.
async function seal(key: CryptoKey, id: string, text: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { id, iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(id) }, key, utf8(text)) };
}

const unseal = async (key: CryptoKey, row: Sealed): Promise<string> =>
  fromUtf8(new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv, additionalData: utf8(row.id) }, key, row.data)));
