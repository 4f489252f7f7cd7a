import { random } from '../core/bytes.js';
import { must } from '../core/refusal.js';
import { webNameOf } from '../credentials/did.js';
import type { Held } from '../credentials/held.js';
import type { KeyPair } from '../credentials/keys.js';
import { canShow, vpToken, type Choice } from '../presentation/answer.js';
import { answerable, matchAll, type Holding, type Matches, type Way } from '../presentation/match.js';
import { readRequest, type PresentationRequest } from '../presentation/request.js';
import { revealed, type Revealed } from '../presentation/revealed.js';
import { Selection } from '../presentation/selection.js';
import { decline, send, type Receipt } from '../presentation/send.js';
import type { Card, Shown } from '../storage/entries.js';
import { behind, during, explain, type App } from '../parts/app.js';
import { heldOf, hostOf, titleOf, valueFor } from '../parts/cards.js';
import { button, facts, fill, h, notice, quote, type Child } from '../parts/dom.js';
import { cardsOf } from '../parts/keeping.js';
import { controls, exactly, labelAt } from '../parts/selecting.js';
import { said, t } from '../parts/words.js';

/** A question: who asks, what for, and what exactly would be shown. Nothing leaves before the learner says so. */
export async function presentPage(app: App, handed: string): Promise<void> {
  const read = await during(app, t('present.reading'), async () => {
    const request = await readRequest(app.world, handed);
    const cards = await cardsOf(app);
    const able = (await holdingsOf(cards)).filter(holding => canShow(request, holding.held, true));
    const matches = matchAll(request.query, able);
    return { request, cards, able, matches, reveals: await revealAll(matches) };
  }, () => void presentPage(app, handed));
  if (!read) {
    return;
  }
  const { request, cards, able, matches, reveals } = read;
  if (!answerable(request.query, matches)) {
    const unbound = answerable(request.query, matchAll(request.query, able.map(holding => ({ ...holding, bound: true }))));
    cannot(app, request, unbound);
    return;
  }
  ask(app, request, cards, new Selection(request.query, matches), reveals);
}

/** What each way of answering would tell: known before the learner is asked, and what the history says afterwards. */
const revealAll = async (matches: Matches): Promise<Map<Way, Revealed>> => new Map(await Promise.all([...matches.values()].flat()
  .flatMap(match => match.ways.map(async way => [way, await revealed(match.held, way)] as const))));

async function holdingsOf(cards: readonly Card[]): Promise<Holding[]> {
  return await Promise.all(cards.flatMap(card => card.copies.map(async copy => ({ card: card.id, held: await heldOf(copy), bound: copy.key !== undefined }))));
}

function ask(app: App, request: PresentationRequest, cards: readonly Card[], selection: Selection, reveals: ReadonlyMap<Way, Revealed>): void {
  const place = h('div', { 'aria-live': 'polite' });
  const chooser = h('div', {});
  const exact = h('div', { class: 'panel exact', 'aria-live': 'polite' });
  const draw = (): void => {
    fill(exact, exactly(selection, cards, reveals));
    go.disabled = selection.choices.length === 0;
  };
  const go = button(t('present.show'), () => void behind(go, place, () => show(app, request, cards, selection.choices, reveals)), 'primary');
  controls(chooser, selection, cards, draw);
  draw();
  app.show(t('present.title'), asker(request), chooser,
    h('section', {}, h('h2', {}, t('present.exact')), exact),
    place,
    h('div', { class: 'actions sticky' }, go, button(t('present.decline'), () => void refusing(app, request))));
}

function asker({ verifier }: PresentationRequest): Child {
  return h('section', {}, h('h2', {}, t('present.who')), h('div', { class: 'panel' },
    facts(
      verifier.name !== undefined && [t('present.calls'), quote(said(verifier.name))],
      [t('present.goes'), h('bdi', { dir: 'ltr', class: 'address' }, said(verifier.host))]),
    h('p', {}, t(`present.proven.${verifier.proven}`, { id: verifier.proven === 'domain' ? webNameOf(verifier.id, 'verifier_unknown') : '' })),
    h('p', { class: 'hint' }, t('present.trust'))));
}

async function show(app: App, request: PresentationRequest, cards: readonly Card[], choices: readonly Choice[], reveals: ReadonlyMap<Way, Revealed>): Promise<void> {
  const keysOf = async (id: string, held: Held): Promise<KeyPair> => {
    const key = cards.find(card => card.id === id)?.copies.find(copy => copy.text === held.text)?.key;
    const keys = key === undefined ? undefined : await app.vault.keys(key);
    must(keys, 'no_key', held.format);
    return keys;
  };
  const token = await vpToken(request, choices, keysOf, app.world.now());
  // Into the history first: what was sent and not noted would be worse than what was noted and not received.
  const line = lineOf(request, cards, choices, reveals, app.world.now());
  await app.vault.change([line]);
  let outcome = line.outcome;
  try {
    const receipt = await send(app.world, request, token, async reached => {
      outcome = reached;
      await app.vault.change([{ ...line, outcome }]);
    });
    after(app, receipt, t('present.done'), notice('good', h('p', {}, t('present.doneText', { host: request.verifier.host }))));
  } catch (fault) {
    app.show(t('error.title'), explain(fault), notice('info', h('p', {}, t(`history.${outcome}`, { host: request.verifier.host })), outcome === 'unknown' && h('p', {}, t('present.unknown'))), h('div', { class: 'actions' }, button(t('error.home'), () => { app.go('#/'); }, 'primary')));
  }
}

function lineOf(request: PresentationRequest, cards: readonly Card[], choices: readonly Choice[], reveals: ReadonlyMap<Way, Revealed>, at: number): Shown {
  const { id, host, name } = request.verifier;
  return {
    kind: 'shown', id: random(), at, outcome: 'failed', to: { id, host, ...(name !== undefined && { name }) },
    what: choices.map(({ match, way }) => {
      const card = cards.find(candidate => candidate.id === match.card)!;
      return {
        card: card.id, title: titleOf(card, match.held.claims),
        claims: reveals.get(way)!.shown.map(({ path, value }) => ({ label: labelAt(path, card), value: valueFor(path, value) })),
      };
    }),
  };
}

async function refusing(app: App, request: PresentationRequest): Promise<void> {
  const { id, host, name } = request.verifier;
  await app.vault.change([{ kind: 'shown', id: random(), at: app.world.now(), outcome: 'declined', to: { id, host, ...(name !== undefined && { name }) }, what: [] }]);
  after(app, await decline(app.world, request), t('present.declined'), notice('info', h('p', {}, t('present.declined'))));
}

function cannot(app: App, request: PresentationRequest, unbound: boolean): void {
  app.show(t('present.title'), asker(request),
    notice('info', h('p', {}, h('strong', {}, t('present.none'))), h('p', {}, unbound ? t('present.unbound') : t('present.noneText'))),
    h('div', { class: 'actions' }, button(t('present.tell'), () => void refusing(app, request)), button(t('error.home'), () => { app.go('#/'); }, 'primary')));
}

// "When this parameter is present the Wallet MUST redirect the user agent to this URI."
function after(app: App, receipt: Receipt, title: ReturnType<typeof t>, message: HTMLElement): void {
  const { redirect } = receipt;
  app.show(title, message, h('div', { class: 'actions' },
    redirect !== undefined && h('a', { class: 'button primary', href: redirect, rel: 'noreferrer' }, t('present.goOn', { host: hostOf(redirect) })),
    button(t('error.home'), () => { app.go('#/'); }, redirect === undefined ? 'primary' : 'plain')));
  if (redirect !== undefined) {
    location.assign(redirect);
  }
}
