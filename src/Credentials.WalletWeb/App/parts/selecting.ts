import { labelOf } from '../credentials/display.js';
import type { Match, Way } from '../presentation/match.js';
import type { Revealed } from '../presentation/revealed.js';
import type { Selection } from '../presentation/selection.js';
import type { Card } from '../storage/entries.js';
import { labelFor, titleOf, valueNode } from './cards.js';
import { facts, fill, h, notice, quote, type Child } from './dom.js';
import { language, said, t, type Word } from './words.js';

/** Draws what there is to choose: options of each set, which diploma, which way. Redrawn after each choice, and the focus stays where it was. */
export function controls(place: HTMLElement, selection: Selection, cards: readonly Card[], changed: () => void): void {
  const redraw = (id: string): void => {
    controls(place, selection, cards, changed);
    changed();
    document.getElementById(id)?.focus();
  };
  const cardOf = (match: Match): Card => cards.find(card => card.id === match.card)!;
  const nameOf = (match: Match): Word => titleOf(cardOf(match), match.held.claims);

  fill(place, selection.sets.map((set, at) => {
    const rows = set.options.map((option, index) => ({ index, label: said(option.map(id => askedFor(selection.candidates(id)[0]!, cardOf)).join(' + ')) }));
    const choices = [...rows, ...(set.required ? [] : [{ index: -1, label: t('present.notThis') }])];
    return choices.length > 1 && set.options.length > 0 && group(said(`${t('present.want')}${set.required ? '' : ` (${t('present.optional')})`}`), choices.map(({ index, label }) =>
      radio(`set-${at}`, index, label, selection.options[at] === index, id => { selection.options[at] = index; redraw(id); })));
  }), selection.active.map(id => {
    const candidates = selection.candidates(id);
    const many = candidates[0]?.query.multiple === true;
    return [
      candidates.length > 1 && group(t('present.which'), candidates.map((match, index) => many
        ? checkbox(`which-${id}`, index, nameOf(match), selection.taken(id).includes(index), (control, on) => { selection.take(id, index, on); redraw(control); })
        : radio(`which-${id}`, index, nameOf(match), selection.taken(id).includes(index), control => { selection.take(id, index); redraw(control); }))),
      selection.taken(id).map(index => {
        const match = candidates[index]!;
        return match.ways.length > 1 && group(t('present.way'), match.ways.map((way, number) =>
          radio(`way-${id}-${index}`, number, labels(way, cardOf(match)), selection.way(id, index) === number, control => { selection.goWay(id, index, number); redraw(control); })));
      }),
    ];
  }));
}

/** The list of what would be seen, with values, and of what would not; aloud where it is more than was asked. */
export function exactly(selection: Selection, cards: readonly Card[], reveals: ReadonlyMap<Way, Revealed>): Child {
  const { choices } = selection;
  return choices.length === 0 ? h('p', {}, t('present.nothing')) : choices.map(({ match, way }) => {
    const card = cards.find(candidate => candidate.id === match.card)!;
    const { shown, more, hidden } = reveals.get(way)!;
    const whole = match.held.sdJwt === undefined;
    const list = (paths: Revealed['more']): Child => paths.map((path, at) => [at > 0 && said(' · '), quote(labelAt(path, card))]);
    return [
      h('h3', {}, quote(titleOf(card, match.held.claims))),
      whole && match.query.claims !== undefined && notice('bad', h('p', {}, h('strong', {}, t('present.more'))), h('p', {}, t('present.alwaysWhole'))),
      more.length > 0 && notice('bad', h('p', {}, h('strong', {}, t('present.more'))), h('p', {}, t('present.moreText')), h('p', {}, list(more))),
      facts(...shown.map(({ path, value }) => [labelAt(path, card), valueNode(path, value)] as const)),
      h('p', { class: 'hint' }, whole ? t('present.alwaysWhole') : t('present.always')),
      hidden.length > 0 && h('p', { class: 'hidden-claims' }, h('strong', {}, t('present.hidden')), said(' '), list(hidden)),
    ];
  });
}

/** What a place in a credential is called. */
export const labelAt = (path: Revealed['more'][number], card: Card): Word => labelFor({ path, label: labelOf(card.template, path, language()) });

const labels = (way: Way, card: Card): Word => said(way.claims.map(claim => labelAt(claim.path, card)).join(', '));

// An option is named by what it shows.
function askedFor(match: Match, cardOf: (match: Match) => Card): Word {
  return match.held.sdJwt ? labels(match.ways[0]!, cardOf(match)) : said(`${t('claim.diploma')}: ${t(`offer.form.${match.held.format}`)}`);
}

const group = (legend: Word, rows: readonly Child[]): HTMLElement => h('fieldset', {}, h('legend', {}, legend), rows);

function radio(name: string, value: number, label: Word, checked: boolean, chosen: (id: string) => void): HTMLElement {
  const id = `${name}-${value}`;
  return h('div', { class: 'choice' }, h('input', { type: 'radio', name, id, checked, onchange: () => { chosen(id); } }), h('label', { for: id }, quote(label)));
}

function checkbox(name: string, value: number, label: Word, checked: boolean, chosen: (id: string, on: boolean) => void): HTMLElement {
  const id = `${name}-${value}`;
  const input = h('input', { type: 'checkbox', id, checked, onchange: () => { chosen(id, input.checked); } });
  return h('div', { class: 'choice' }, input, h('label', { for: id }, quote(label)));
}
