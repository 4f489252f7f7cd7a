import type { Shown } from '../storage/entries.js';
import type { App } from '../parts/app.js';
import { button, facts, h, quote } from '../parts/dom.js';
import { moment, said, t } from '../parts/words.js';

export async function historyPage(app: App): Promise<void> {
  const lines = (await app.vault.entries()).filter((entry): entry is Shown => entry.kind === 'shown').sort((a, b) => b.at - a.at);
  app.show(t('history.title'),
    lines.length === 0 && h('div', { class: 'empty' }, h('p', {}, t('history.empty'))),
    lines.length > 0 && h('ol', { class: 'history' }, lines.map(line => h('li', { class: 'panel' },
      h('p', { class: 'when' }, moment(line.at)),
      h('h2', {}, t(`history.${line.outcome}`, { host: line.to.host })),
      line.to.name !== undefined && h('p', {}, quote(said(line.to.name))),
      line.what.map(one => h('details', {}, h('summary', {}, quote(said(one.title)), said(' · '), t('history.saw')),
        facts(...one.claims.map(claim => [said(claim.label), quote(said(claim.value))] as const))))))),
    lines.length > 0 && h('div', { class: 'actions' }, button(t('history.clear'), () => void app.vault.change([], lines.map(line => line.id)).then(() => historyPage(app)), 'danger')));
}
