import { must } from '../core/refusal.js';
import { exportFile, importFile } from '../storage/exportFile.js';
import { behind, type App } from '../parts/app.js';
import { button, field, fill, h, notice, save, type Child } from '../parts/dom.js';
import { t } from '../parts/words.js';

const shortest = 12;

/** Export, import, the way to a new phone, and the end of everything. */
export const movingSections = (app: App): Child => [exportSection(app), importSection(app), moveSection(), wipeSection(app)];

function exportSection(app: App): HTMLElement {
  const place = h('div', { 'aria-live': 'polite' });
  const passphrase = h('input', { type: 'password', autocomplete: 'new-password', dir: 'ltr' });
  const go = button(t('settings.exportGo'), () => {
    if (passphrase.value.length < shortest) {
      fill(place, notice('bad', h('p', {}, t('settings.passphraseShort'))));
      passphrase.focus();
      return;
    }
    void behind(go, place, async () => {
      save('wallet-export.json', 'application/json', await exportFile(await app.vault.entries(), passphrase.value));
      passphrase.value = '';
      fill(place, notice('good', h('p', {}, t('settings.exported'))));
    });
  });
  return h('section', { id: 'export' }, h('h2', {}, t('settings.export')), h('p', {}, t('settings.exportText')), h('form', { onsubmit: event => { event.preventDefault(); go.click(); } }, field(t('settings.passphrase'), passphrase, t('settings.passphraseHint')), go), place);
}

function importSection(app: App): HTMLElement {
  const place = h('div', { 'aria-live': 'polite' });
  const file = h('input', { type: 'file', accept: '.json,application/json' });
  const passphrase = h('input', { type: 'password', autocomplete: 'off', dir: 'ltr' });
  const go = button(t('settings.importGo'), () => void behind(go, place, async () => {
    const chosen = file.files?.[0];
    must(chosen && chosen.size < 32 * 1024 * 1024, 'import_malformed', 'file');
    const { entries: found, dropped } = await importFile(await chosen.text(), passphrase.value);
    // What is here already is here with its key: the copy from elsewhere does not take its place.
    const here = new Set((await app.vault.entries()).map(entry => entry.id));
    const fresh = found.filter(entry => !here.has(entry.id));
    await app.vault.change(fresh);
    passphrase.value = '';
    fill(place, notice('good', h('p', {}, t('settings.imported', { count: fresh.filter(entry => entry.kind === 'card').length })),
      dropped > 0 && h('p', {}, t('settings.dropped', { count: dropped }))));
  }));
  return h('section', { id: 'import' }, h('h2', {}, t('settings.import')), h('p', {}, t('settings.importText')), h('form', { onsubmit: event => { event.preventDefault(); go.click(); } }, field(t('settings.file'), file), field(t('settings.passphrase'), passphrase), go), place);
}

const moveSection = (): HTMLElement => h('section', { id: 'move' }, h('h2', {}, t('settings.move')), h('p', {}, t('settings.moveText')),
  h('ol', {}, [t('settings.move1'), t('settings.move2'), t('settings.move3'), t('settings.move4')].map(step => h('li', {}, step))));

function wipeSection(app: App): HTMLElement {
  const place = h('div', { 'aria-live': 'polite' });
  const understood = h('input', { type: 'checkbox', id: 'understood' });
  const go = button(t('settings.wipe'), () => {
    if (!understood.checked) {
      fill(place, notice('bad', h('p', {}, t('settings.wipeFirst'))));
      understood.focus();
      return;
    }
    void behind(go, place, async () => {
      await app.vault.wipe();
      app.show(t('settings.wiped'), h('div', { class: 'actions' }, button(t('error.home'), () => { location.assign('/'); }, 'primary')));
    });
  }, 'danger');
  return h('section', { id: 'wipe' }, h('h2', {}, t('settings.wipe')), h('p', {}, t('settings.wipeText')),
    h('div', { class: 'choice' }, understood, h('label', { for: 'understood' }, t('settings.wipeUnderstood'))), go, place);
}
