/** Keeps the app's own files, so that it opens without a network and so that the query of a link is never sent to the host again. It sees no diploma: what issuers and verifiers answer is not kept. */
declare const FILES: readonly string[];
declare const VERSION: string;

interface Lasting extends Event { waitUntil(work: Promise<unknown>): void }
interface Fetching extends Lasting { readonly request: Request; respondWith(answer: Promise<Response>): void }
interface Worker {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
}

const worker = self as unknown as Worker;
const cache = `app-${VERSION}`;
const pages = new Set(['/', '/offer', '/present', '/callback']);

worker.addEventListener('install', event => {
  event.waitUntil(caches.open(cache).then(store => store.addAll([...FILES, '/', '/manifest.webmanifest'])).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', event => {
  event.waitUntil(caches.keys()
    .then(names => Promise.all(names.filter(name => name !== cache).map(name => caches.delete(name))))
    .then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin || event.request.method !== 'GET') {
    return;
  }
  if (event.request.mode === 'navigate' && pages.has(url.pathname)) {
    event.respondWith(answer('/'));
    // The page names the operator's settings, which can change without the app.
    event.waitUntil(fetch('/', { cache: 'no-store' }).then(fresh => fresh.ok ? caches.open(cache).then(store => store.put('/', fresh)) : undefined).catch(() => undefined));
  } else if (FILES.includes(url.pathname) || url.pathname === '/manifest.webmanifest') {
    event.respondWith(answer(url.pathname));
  }
});

const answer = async (path: string): Promise<Response> => await (await caches.open(cache)).match(path) ?? await fetch(path);

export {};
