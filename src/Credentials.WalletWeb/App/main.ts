import { Refusal } from './core/refusal.js';
import { looksLikeOffer } from './issuance/offer.js';
import { addPage } from './pages/add.js';
import { refuse, type App } from './parts/app.js';
import { cardPage } from './pages/card.js';
import { checkPage } from './pages/check.js';
import { fill, h, type Child } from './parts/dom.js';
import { historyPage } from './pages/history.js';
import { homePage } from './pages/home.js';
import { callbackPage, offerPage } from './pages/offer.js';
import { presentPage } from './pages/present.js';
import { languageKey, settingsPage } from './pages/settings.js';
import { unlockPage } from './pages/unlock.js';
import { Turns, type Turn } from './parts/turns.js';
import { loadWords, t, wantedLanguage, type Word } from './parts/words.js';
import { onChange, Vault } from './storage/vault.js';

const root = document.getElementById('app')!;
const { verifier = '', base = '' } = document.documentElement.dataset;

async function start(): Promise<void> {
  const handed = arrival();
  await loadWords(wantedLanguage(localStorage.getItem(languageKey)));
  const main = h('main', { id: 'main', tabindex: '-1' });
  fill(root, frame(main));
  const app = appOver(main, await Vault.open());
  addEventListener('hashchange', () => { route(app); });
  onChange(() => {
    // Lists are drawn anew; a page on which somebody reads an offer, chooses or types is left alone.
    if (turns.onlyLists) {
      route(app);
    }
  });
  unlocked(app, () => {
    void app.vault.dropUnused(Date.now() - 86_400_000).catch(() => undefined);
    handed ? handed(app) : route(app);
  });
  lockWhenIdle(app);
  void work();
}

const idle = 10 * 60_000;

/** Who leaves the wallet open behind a passkey finds it locked again. */
function lockWhenIdle(app: App): void {
  let timer: ReturnType<typeof setTimeout>;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (app.vault.forget()) {
        route(app);
      }
    }, idle);
  };
  for (const sign of ['pointerdown', 'keydown']) {
    addEventListener(sign, wait, { passive: true });
  }
  wait();
}

/** What the address brought. It is taken out of the address at once: a code belongs neither into the history of the browser nor into a bookmark. */
function arrival(): ((app: App) => void) | undefined {
  const { pathname, href, search } = location;
  if (pathname === '/') {
    return undefined;
  }
  history.replaceState(null, '', '/');
  return search === '' ? undefined : pathname === '/callback' ? app => { void callbackPage(inTurn(app).app, href); } : app => { app.handle(href); };
}

function appOver(main: HTMLElement, vault: Vault): App {
  const app: App = {
    world: { fetch: (url, init) => fetch(url, init), now: () => Date.now(), pause: milliseconds => new Promise(resolve => { setTimeout(resolve, milliseconds); }) },
    vault, verifier,
    client: { clientId: 'credentials-wallet', redirectUri: `${base}/callback` },
    go: path => {
      if (location.hash === path || (path === '#/' && location.hash === '')) {
        route(app);
      } else {
        location.hash = path;
      }
    },
    show: (title: Word, ...body: readonly Child[]) => {
      document.title = `${title} – ${t('app.title')}`;
      const heading = h('h1', { tabindex: '-1' }, title);
      fill(main, heading, ...body);
      heading.focus({ preventScroll: true });
      scrollTo(0, 0);
    },
    handle: handed => {
      const { app: mine } = inTurn(app);
      unlocked(mine, () => void (looksLikeOffer(handed) ? offerPage(mine, handed) : presentPage(mine, handed)));
    },
  };
  return app;
}

const turns = new Turns();

/** The app as one page has it: what it shows after another began is not shown. */
function inTurn(app: App): { app: App; turn: Turn } {
  const turn = turns.begin();
  return { turn, app: { ...app, show: (title, ...body) => { if (turn.mayDraw()) { app.show(title, ...body); } } } };
}

function unlocked(app: App, next: () => void): void {
  if (app.vault.isOpen) {
    next();
  } else {
    unlockPage(app, next);
  }
}

function route(whole: App): void {
  const { app, turn } = inTurn(whole);
  unlocked(app, () => {
    const [page, id = '', more] = location.hash.replace(/^#\/?/, '').split('/');
    markCurrent(`#/${page}`);
    pageOf(app, page!, id, more).then(() => {
      if (page === '' || page === 'history') {
        turn.onlyLists();
      }
    }, (fault: unknown) => {
      // Another tab has changed the lock: this one's key opens nothing any more.
      if (fault instanceof Refusal && fault.code === 'locked') {
        location.reload();
      } else {
        refuse(app, fault);
      }
    });
  });
}

async function pageOf(app: App, page: string, id: string, more: string | undefined): Promise<void> {
  switch (page) {
    case 'add': addPage(app); break;
    case 'card': await cardPage(app, id, more); break;
    case 'check': await checkPage(app, id); break;
    case 'history': await historyPage(app); break;
    case 'settings': await settingsPage(app); break;
    default: await homePage(app);
  }
}

const links = (): readonly (readonly [string, Word])[] => [['#/', t('nav.home')], ['#/add', t('nav.add')], ['#/history', t('nav.history')], ['#/settings', t('nav.settings')]];

const frame = (main: HTMLElement): Child => [
  h('a', { class: 'skip', href: '#main', onclick: event => { event.preventDefault(); main.focus(); } }, t('app.skip')),
  h('header', {}, h('span', { class: 'brand' }, h('img', { src: '/icon.svg', width: 28, height: 28, alt: '' as Word }), t('app.title')),
    h('nav', { 'aria-label': t('nav.label') }, links().map(([href, label]) => h('a', { href }, label)))),
  main,
];

function markCurrent(current: string): void {
  for (const link of root.querySelectorAll('nav a')) {
    link.toggleAttribute('aria-current', false);
    if (link.getAttribute('href') === current) {
      link.setAttribute('aria-current', 'page');
    }
  }
}

/** The worker that shows app and cards without a network. Its one address is the only script that this page may start. */
async function work(): Promise<void> {
  const policy = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown } } }).trustedTypes
    ?.createPolicy('wallet', { createScriptURL: url => url === '/worker.js' ? url : '' });
  await navigator.serviceWorker?.register((policy?.createScriptURL('/worker.js') ?? '/worker.js') as string).catch(() => undefined);
}

void start();
