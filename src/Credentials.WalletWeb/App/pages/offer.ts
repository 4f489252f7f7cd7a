import { random } from '../core/bytes.js';
import { must, Refusal } from '../core/refusal.js';
import { isMachinery, labelOf, nameIn } from '../credentials/display.js';
import { newKeys, type KeyPair } from '../credentials/keys.js';
import { accept, Attempt, grantOnReturn, invite, inviteTo, leaveFor, type Invitation } from '../issuance/accept.js';
import type { Grant } from '../issuance/token.js';
import { keysOf, type Travelling } from '../storage/entries.js';
import { behind, during, refuse, type App } from '../parts/app.js';
import { button, facts, field, fill, h, notice, quote } from '../parts/dom.js';
import { labelFor } from '../parts/cards.js';
import { keepAcceptance } from '../parts/keeping.js';
import { language, said, t, type Word } from '../parts/words.js';

/** An offer: who, what and where it will lie, before anything is fetched. */
export async function offerPage(app: App, handed: string): Promise<void> {
  const invitation = await during(app, t('offer.reading'), () => invite(app.world, handed), () => void offerPage(app, handed));
  if (invitation) {
    consent(app, invitation);
  }
}

function consent(app: App, invitation: Invitation): void {
  const { offer, issuer, chosen } = invitation;
  const code = offer.preAuthorized;
  const asked = code?.txCode;
  const input = asked && h('input', {
    type: 'text', autocomplete: 'one-time-code', dir: 'ltr', class: 'code', spellcheck: 'false',
    inputmode: asked.numeric ? 'numeric' : 'text', ...(asked.length !== undefined && { maxlength: asked.length }),
  });
  const place = h('div', { 'aria-live': 'polite' });
  // One key for all attempts: an issuer lets the same wallet try again whose answer was lost, and nobody else.
  const dpop = newKeys();
  const trial: Trial = { attempt: new Attempt(), ids: new Map() };
  const go = button(code ? t('offer.accept') : t('offer.leave'), () => {
    const given = input?.value.trim() ?? '';
    if (input && given === '') {
      fill(place, notice('bad', h('p', {}, t('offer.codeMissing'))));
      input.focus();
      return;
    }
    void behind(go, place, async () => code
      ? await take(app, invitation, { kind: 'pre-authorized', code: code.code, ...(input && { txCode: given }) }, await dpop, trial)
      : await leave(app, invitation, await dpop));
  }, 'primary');

  app.show(t('offer.title'),
    h('div', { class: 'panel' }, facts(
      [t('offer.from'), quote(said(nameIn(issuer.display, language()) ?? new URL(issuer.issuer).host))],
      [t('offer.at'), h('bdi', { dir: 'ltr', class: 'address' }, said(new URL(issuer.issuer).host))],
      [t('offer.what'), quote(said(nameIn(chosen[0]!.display, language()) ?? t('card.diploma')))])),
    h('section', {}, h('h2', {}, t('offer.claims')), claimList(invitation)),
    h('section', {}, h('h2', {}, t('offer.stored')), h('p', {}, t('offer.storedText')),
      facts([t('offer.forms'), h('ul', { class: 'plain' }, chosen.map(one => h('li', {}, t(`offer.form.${one.format}`))))])),
    input && field(t('offer.code'), input, t('offer.codeHint')),
    asked?.description !== undefined && h('p', { class: 'hint' }, quote(said(asked.description))),
    !code && h('p', {}, t('offer.leaveText')),
    place,
    h('div', { class: 'actions' }, go, button(t('offer.decline'), () => {
      app.show(t('offer.declined'), h('div', { class: 'actions' }, button(t('error.home'), () => { app.go('#/'); }, 'primary')));
    })));
}

function claimList({ chosen }: Invitation): HTMLElement {
  const { display, claims } = chosen[0]!;
  const labels: Word[] = claims.map(claim => claim.path).filter((path): path is string[] => Array.isArray(path) && path.length > 0 && path.every(part => typeof part === 'string') && !isMachinery(String(path[0])))
    .map(path => labelFor({ path: path[0] === 'credentialSubject' ? path.slice(1) : path, label: labelOf({ display, claims }, path, language()) }))
    .filter(label => label !== '');
  return labels.length > 0 ? h('ul', { class: 'claims' }, labels.map(label => h('li', {}, quote(label)))) : h('p', {}, t('offer.claimsWhole'));
}

/** What lasts from one attempt to the next: how far it came, and the keys that were stored for it. */
interface Trial {
  readonly attempt: Attempt;
  readonly ids: Map<string, string>;
  /** The DPoP key, where it is stored already. */
  readonly dpop?: string;
}

async function take(app: App, invitation: Invitation, grant: Grant, dpop: KeyPair, { attempt, ids, dpop: stored }: Trial): Promise<void> {
  const acceptance = await accept(app.world, invitation, grant, dpop, async keys => { ids.set(keys.jwk.x, await app.vault.keepKeys(keys)); }, attempt);
  const { card, renewed } = await keepAcceptance(app, invitation, acceptance, ids, stored);
  // What a learner keeps, the browser should not throw away.
  void navigator.storage?.persist?.();
  app.go(card ? `#/card/${card}/${renewed ? 'renewed' : 'new'}${acceptance.missed.length > 0 ? '-partly' : ''}` : '#/');
}

async function leave(app: App, invitation: Invitation, dpop: KeyPair): Promise<void> {
  const { address, departure } = await leaveFor(app.world, invitation, app.client, dpop);
  const travelling: Travelling = { kind: 'travelling', id: departure.state, offer: invitation.offer, departure, dpop: await app.vault.keepKeys(dpop), since: app.world.now() };
  const old = (await app.vault.entries()).filter(entry => entry.kind === 'travelling' && entry.since < app.world.now() - 3_600_000);
  await app.vault.change([travelling], old.map(entry => entry.id), old.flatMap(keysOf));
  location.assign(address);
}

/** The learner comes back from the issuer's page. The journey is ended first: the same return does not work twice. */
export async function callbackPage(app: App, address: string): Promise<void> {
  await during(app, t('offer.working'), async () => {
    const parameters = new URL(address).searchParams;
    const travelling = await app.vault.entry('travelling', parameters.get('state') ?? random());
    must(travelling, 'state_unknown', 'state');
    await app.vault.change([], [travelling.id]);
    const grant = grantOnReturn(parameters, travelling.departure, app.client);
    const invitation = await inviteTo(app.world, travelling.offer);
    must(invitation.server.issuer === travelling.departure.server, 'issuer_mismatch', 'issuer');
    const dpop = await app.vault.keys(travelling.dpop);
    must(dpop, 'state_unknown', 'dpop');
    const trial: Trial = { attempt: new Attempt(), ids: new Map(), dpop: travelling.dpop };
    const go = (): Promise<void> => take(app, invitation, grant, dpop, trial).catch((fault: unknown) => {
      // The code is spent on the way; the same attempt goes on where its answer was lost.
      refuse(app, fault instanceof Refusal ? fault : new Refusal('unreadable'), fault instanceof Refusal && fault.code === 'unreachable' ? () => void during(app, t('offer.working'), go) : undefined);
    });
    await go();
  });
}
