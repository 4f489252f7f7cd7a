import { random } from '../core/bytes.js';
import { ask } from '../core/http.js';
import { isObject, readObject, type Json, type JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';
import type { Held } from '../credentials/held.js';
import { disclosuresFor } from '../credentials/sdjwt.js';
import type { Way } from '../presentation/match.js';
import { disclosed, revealed } from '../presentation/revealed.js';
import type { Shown } from '../storage/entries.js';
import { behind, type App } from '../parts/app.js';
import { face, heldOf, hostOf, mainCopy, titleOf, valueFor } from '../parts/cards.js';
import { button, fill, h, quote } from '../parts/dom.js';
import { labelAt } from '../parts/selecting.js';
import { maybe, said, t, type Key } from '../parts/words.js';

// Enough for every check, and nothing that names the learner.
const sent = ['evidence', 'eqf_level', 'institution_name'];

/** What an employer would be told of this diploma; before anything is sent it says what that is. */
export async function checkPage(app: App, id: string): Promise<void> {
  const card = await app.vault.entry('card', id);
  if (!card || app.verifier === '') {
    app.go('#/');
    return;
  }
  const held = await heldOf(mainCopy(card));
  const way = wayOf(held);
  const { shown, more } = await revealed(held, way);
  const host = hostOf(app.verifier);
  const place = h('div', { 'aria-live': 'polite' });
  const go = button(t('check.go'), () => void behind(go, place, async () => {
    const document = held.format === 'ldp_vc' ? readObject(held.text) : disclosed(held, way);
    const line: Shown = {
      kind: 'shown', id: random(), at: app.world.now(), outcome: 'unknown', to: { id: app.verifier, host },
      what: [{ card: card.id, title: titleOf(card, held.claims), claims: shown.map(({ path, value }) => ({ label: labelAt(path, card), value: valueFor(path, value) })) }],
    };
    await app.vault.change([line]);
    const answer = await ask(app.world, `${app.verifier}/credentials/verify`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ verifiableCredential: document }) });
    must(answer.status === 200 || answer.status === 400, answer.status === 429 ? 'too_many' : 'answered', `${host} ${answer.status}`);
    const verdict = readObject(answer.text);
    await app.vault.change([{ ...line, outcome: 'checked' }]);
    fill(place, verdictBox(verdict));
  }), 'primary');
  app.show(t('check.title'), await face(card, false), h('p', {}, t('check.intro')),
    h('section', {}, h('h2', {}, t('check.sent')), h('p', {}, held.sdJwt && more.length === 0 ? t('check.sentPart', { host }) : t('check.sentWhole', { host }))),
    h('div', { class: 'actions' }, go, h('a', { class: 'button', href: `#/card/${card.id}` }, t('card.cancel'))), place);
}

function wayOf(held: Held): Way {
  const claims = sent.filter(name => held.sdJwt && Object.hasOwn(held.claims, name)).map(name => ({ path: [name], value: held.claims[name]! }));
  return { claims, disclosures: held.sdJwt ? disclosuresFor(held.sdJwt, claims.map(claim => claim.path)) : [] };
}

function verdictBox(answer: JsonObject): HTMLElement {
  const verdict = (['verified', 'rejected'] as const).find(known => known === String(answer.verdict).toLowerCase()) ?? 'indeterminate';
  const checks = Array.isArray(answer.checks) ? answer.checks.filter(isObject) : [];
  return h('div', { class: `verdict ${verdict}`, role: 'status' },
    h('h2', {}, t(`check.${verdict}`)), h('p', {}, t(`check.${verdict}Text`)),
    h('details', {}, h('summary', {}, t('check.steps')), h('dl', {}, checks.map(check => h('div', {},
      h('dt', {}, quote(maybe(`check.name.${String(check.check)}`) ?? said(String(check.check)))),
      h('dd', {}, t(outcomeKey(check.outcome))))))));
}

const outcomeKey = (outcome: Json | undefined): Key => {
  const known = (['passed', 'failed', 'skipped'] as const).find(name => name === String(outcome).toLowerCase());
  return `check.outcome.${known ?? 'indeterminate'}`;
};
