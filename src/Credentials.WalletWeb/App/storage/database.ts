/** The wallet's database on this device: `records` are ciphertext, `keys` are handles that cannot be read, `lock` says how the ciphertext is opened. */
export class Database {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
    // Another tab wants a newer version, or wants everything gone: stand in nobody's way.
    database.onversionchange = () => { database.close(); };
  }

  static async open(name = 'wallet'): Promise<Database> {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      for (const store of ['records', 'keys', 'lock']) {
        request.result.createObjectStore(store, { keyPath: 'id' });
      }
    };
    return new Database(await done(request));
  }

  async get<T>(store: Store, id: string): Promise<T | undefined> {
    return await done(this.#store(store, 'readonly').get(id)) as T | undefined;
  }

  async all<T>(store: Store): Promise<T[]> {
    return await done(this.#store(store, 'readonly').getAll()) as T[];
  }

  /** Writes and deletes as one: all of it happens, or nothing. */
  async change(changes: readonly Change[]): Promise<void> {
    const transaction = this.#database.transaction(['records', 'keys', 'lock'], 'readwrite', { durability: 'strict' });
    for (const change of changes) {
      const store = transaction.objectStore(change.store);
      if ('put' in change) {
        store.put(change.put);
      } else if ('remove' in change) {
        store.delete(change.remove);
      } else {
        store.clear();
      }
    }
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => { resolve(); };
      transaction.onabort = () => { reject(transaction.error ?? new Error('abort')); };
    });
  }

  close(): void {
    this.#database.close();
  }

  #store(store: Store, mode: IDBTransactionMode): IDBObjectStore {
    return this.#database.transaction(store, mode).objectStore(store);
  }
}

export type Store = 'records' | 'keys' | 'lock';

export type Change =
  | { readonly store: Store; readonly put: { readonly id: string } }
  | { readonly store: Store; readonly remove: string }
  | { readonly store: Store; readonly clear: true };

const done = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => {
  request.onsuccess = () => { resolve(request.result); };
  request.onerror = () => { reject(request.error ?? new Error('request')); };
});
