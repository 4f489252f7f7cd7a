import type { Card } from '../storage/entries.js';
import type { App } from '../parts/app.js';
import { face, fieldRows, heldOf, issuerName, mainCopy, isBound, rowsOf, titleOf } from '../parts/cards.js';
import { button, facts, fill, h, notice, quote, save } from '../parts/dom.js';
import { deleteCard } from '../parts/keeping.js';
import { day, said, t } from '../parts/words.js';

export async function cardPage(app: App, id: string, event?: string): Promise<void> {
  const card = await app.vault.entry('card', id);
  if (!card) {
    app.show(t('card.diploma'), notice('info', h('p', {}, t('card.gone'))), h('div', { class: 'actions' }, h('a', { class: 'button primary', href: '#/' }, t('error.home'))));
    return;
  }
  const held = await heldOf(mainCopy(card));
  const danger = h('div', { 'aria-live': 'polite' });
  app.show(titleOf(card, held.claims),
    event?.startsWith('new') && notice('good', h('p', {}, t('card.new'))),
    event?.startsWith('renewed') && notice('good', h('p', {}, t('card.renewed'))),
    event?.endsWith('-partly') && notice('info', h('p', {}, t('card.partly'))),
    await face(card, false),
    !isBound(card) && notice('info', h('p', {}, t('card.unboundText'))),
    mainCopy(card).unchecked && notice('info', h('p', {}, t('card.uncheckedText'))),
    h('section', {}, h('h2', {}, t('card.says')), fieldRows(rowsOf(card, held))),
    h('section', {}, h('h2', {}, t('card.actions')),
      isBound(card) && h('p', {}, h('strong', {}, t('card.show')), h('br'), t('card.showHow')),
      h('div', { class: 'actions' },
        isBound(card) && h('a', { class: 'button primary', href: '#/add' }, t('home.add')),
        app.verifier !== '' && h('a', { class: 'button', href: `#/check/${card.id}` }, t('card.check')),
        button(t('card.file'), () => { download(card); }),
        button(t('card.delete'), () => { askToDelete(app, card, danger); }, 'danger')),
      h('p', { class: 'hint' }, t('card.fileNote')),
      danger),
    h('details', {}, h('summary', {}, t('card.technical')), facts(
      [t('card.issuer'), h('span', {}, quote(issuerName(card, held.claims)), h('br'), h('bdi', { dir: 'ltr', class: 'address' }, said(held.issuer)))],
      [t('card.forms'), h('ul', { class: 'plain' }, card.copies.map(copy => h('li', {}, t(`offer.form.${copy.format}`), copy.unchecked && [said(' – '), t('home.unchecked')])))],
      held.validUntil !== undefined && [t('card.until'), day(held.validUntil)]),
    h('p', {}, t('card.added', { day: day(card.added) }))));
}

/** The plain file where there is one; else the copy's own text. */
function download(card: Card): void {
  const file = card.copies.find(copy => copy.format === 'ldp_vc');
  const copy = file ?? mainCopy(card);
  const [name, type] = file ? ['diploma.json', 'application/vc+ld+json'] : copy.format === 'dc+sd-jwt' ? ['diploma.sd-jwt', 'application/dc+sd-jwt'] : ['diploma.jwt', 'application/jwt'];
  save(name!, type!, copy.text);
}

function askToDelete(app: App, card: Card, place: HTMLElement): void {
  const history = h('input', { type: 'checkbox', id: 'with-history' });
  const no = button(t('card.cancel'), () => { fill(place); });
  fill(place, h('div', { class: 'notice bad', role: 'group' }, h('p', {}, t('card.deleteSure')), h('div', { class: 'choice' }, history, h('label', { for: 'with-history' }, t('card.deleteHistory'))), h('div', { class: 'actions' },
    button(t('card.deleteYes'), () => void deleteCard(app, card, history.checked).then(() => { app.go('#/'); }), 'danger'), no)));
  no.focus();
}
