import { must } from '../core/refusal.js';
import { makePasskey, passkeysPossible } from '../storage/passkey.js';
import { behind, type App } from '../parts/app.js';
import { button, field, fill, h, notice } from '../parts/dom.js';
import { language, languages, t } from '../parts/words.js';
import { movingSections } from './moving.js';

export const languageKey = 'language';

export async function settingsPage(app: App): Promise<void> {
  const [lock, kept, passkeys] = await Promise.all([app.vault.lock(), navigator.storage?.persisted?.() ?? false, passkeysPossible()]);
  app.show(t('settings.title'),
    languageSection(),
    lockSection(app, lock?.mode === 'passkey', passkeys),
    storageSection(app, kept),
    movingSections(app));
}

function languageSection(): HTMLElement {
  const select = h('select', {
    onchange: () => {
      localStorage.setItem(languageKey, select.value);
      location.reload();
    },
  }, languages.map(one => h('option', { value: one.tag, lang: one.tag, selected: one.tag === language() }, one.name)));
  return h('section', {}, field(t('settings.language'), select));
}

function lockSection(app: App, locked: boolean, possible: boolean): HTMLElement {
  const place = h('div', { 'aria-live': 'polite' });
  const add = button(t('settings.addPasskey'), () => void behind(add, place, async () => {
    const passkey = await makePasskey(t('app.title'));
    if (!passkey) {
      // Said, not hidden: this device makes passkeys, and none that could open the wallet.
      fill(place, notice('info', h('p', {}, t('settings.lockImpossible'))));
      return;
    }
    await app.vault.relock(passkey);
    await settingsPage(app);
  }));
  const drop = button(t('settings.dropPasskey'), () => void behind(drop, place, async () => {
    must(app.vault.isOpen, 'locked', 'key');
    await app.vault.relock();
    await settingsPage(app);
  }));
  return h('section', {}, h('h2', {}, t('settings.lock')),
    h('p', {}, locked ? t('settings.lockPasskey') : t('settings.lockDevice')), locked && h('p', { class: 'hint' }, t('settings.lockScope')),
    locked ? h('div', { class: 'actions' }, button(t('settings.lockNow'), () => { app.vault.forget(); app.go('#/'); }, 'primary'), drop) : possible ? [h('p', { class: 'hint' }, t('settings.passkeyLoss')), add] : h('p', {}, t('settings.lockImpossible')), place);
}

function storageSection(app: App, kept: boolean): HTMLElement {
  const place = h('div', { 'aria-live': 'polite' });
  const keep = button(t('settings.keep'), () => void behind(keep, place, async () => {
    if (await navigator.storage.persist()) {
      await settingsPage(app);
    } else {
      fill(place, notice('info', h('p', {}, t('settings.notKept'))));
    }
  }));
  return h('section', {}, h('h2', {}, t('settings.storage')), h('p', {}, kept ? t('settings.kept') : t('settings.notKept')), !kept && keep, place);
}
