import type { Card, Waiting } from '../storage/entries.js';
import { behind, type App } from '../parts/app.js';
import { face } from '../parts/cards.js';
import { button, fill, h, notice, quote } from '../parts/dom.js';
import { collectWaiting } from '../parts/keeping.js';
import { language, said, t } from '../parts/words.js';
import { nameIn } from '../credentials/display.js';

export async function homePage(app: App): Promise<void> {
  const entries = await app.vault.entries();
  const cards = entries.filter((entry): entry is Card => entry.kind === 'card').sort((a, b) => b.added - a.added);
  const waiting = entries.filter((entry): entry is Waiting => entry.kind === 'waiting');
  const faces = await Promise.all(cards.map(card => face(card, true)));
  app.show(t('home.title'),
    cards.length + waiting.length === 0 && h('div', { class: 'empty' }, h('p', {}, h('strong', {}, t('home.empty'))), h('p', {}, t('home.emptyHow'))),
    faces.length > 0 && h('ul', { class: 'cards' }, faces.map(card => h('li', {}, card))),
    waiting.length > 0 && h('section', {}, h('h2', {}, t('home.waiting')), waiting.map(entry => waitingRow(app, entry))),
    h('div', { class: 'actions' }, h('a', { class: 'button primary', href: '#/add' }, t('home.add'))));
}

function waitingRow(app: App, entry: Waiting): HTMLElement {
  const place = h('div', { 'aria-live': 'polite' });
  const again = button(t('home.collect'), () => void behind(again, place, async () => {
    const card = await collectWaiting(app, entry);
    if (card) {
      app.go(`#/card/${card}`);
    } else {
      fill(place, notice('info', h('p', {}, t('home.notReady'))));
    }
  }));
  const issuer = said(nameIn(entry.issuer.display, language()) ?? new URL(entry.issuer.issuer).host);
  return h('div', { class: 'panel' }, h('p', {}, quote(t('home.waitingText', { issuer }))), again, place);
}
