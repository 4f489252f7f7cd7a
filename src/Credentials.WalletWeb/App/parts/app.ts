import type { World } from '../core/http.js';
import { Refusal } from '../core/refusal.js';
import type { Vault } from '../storage/vault.js';
import { button, fill, h, notice, type Child } from './dom.js';
import { maybe, said, t, type Word } from './words.js';

/** What pages are given. */
export interface App {
  readonly world: World;
  readonly vault: Vault;
  /** The verifier for checks of one's own; empty for none. */
  readonly verifier: string;
  readonly client: { readonly clientId: string; readonly redirectUri: string };
  /** Shows the page of a path such as `#/card/…`. */
  go(path: string): void;
  /** Puts a page up in the place of the one that stands there. */
  show(title: Word, ...body: readonly Child[]): void;
  /** What was handed to the wallet: an offer or a question. */
  handle(handed: string): void;
}

/** Says why the wallet would not go on. */
export function explain(fault: unknown): HTMLElement {
  const refusal = fault instanceof Refusal ? fault : new Refusal('unsupported', fault instanceof Error ? fault.name : '');
  return notice('bad', h('p', {}, maybe(`refusal.${refusal.code}`)),
    refusal.detail !== '' && h('details', {}, h('summary', {}, t('error.technical')), h('p', {}, h('code', { dir: 'ltr' }, said(`${refusal.code}: ${refusal.detail}`)))));
}

/** The page of a refusal. */
export function refuse(app: App, fault: unknown, again?: () => void): void {
  app.show(t('error.title'), explain(fault), h('div', { class: 'actions' },
    again && button(t('error.again'), again, 'primary'),
    button(t('error.home'), () => { app.go('#/'); }, again ? 'plain' : 'primary')));
}

/** Shows that something is under way until it is done; what goes wrong becomes a page. */
export async function during<T>(app: App, title: Word, work: () => Promise<T>, again?: () => void): Promise<T | undefined> {
  app.show(title, h('p', { class: 'busy', role: 'status' }, t('app.busy')));
  try {
    return await work();
  } catch (fault) {
    refuse(app, fault, again);
    return undefined;
  }
}

/** Runs work behind a button: it is dead meanwhile, and what goes wrong is said in the place given. */
export async function behind(control: HTMLButtonElement, place: Element, work: () => Promise<void>): Promise<void> {
  control.disabled = true;
  fill(place, h('p', { class: 'busy', role: 'status' }, t('app.busy')));
  try {
    await work();
    if (place.querySelector('.busy')) {
      fill(place);
    }
  } catch (fault) {
    fill(place, explain(fault));
  } finally {
    control.disabled = false;
  }
}
