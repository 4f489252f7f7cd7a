import { Refusal } from '../core/refusal.js';
import { looksLikeOffer } from '../issuance/offer.js';
import { looksLikeRequest } from '../presentation/request.js';
import { explain, type App } from '../parts/app.js';
import { openCamera } from '../parts/camera.js';
import { button, field, fill, h, notice } from '../parts/dom.js';
import { t } from '../parts/words.js';

/** Camera or clipboard: whatever holds an offer or a question. */
export function addPage(app: App): void {
  const place = h('div', { 'aria-live': 'polite' });
  const text = h('textarea', { rows: 4, dir: 'ltr', spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off' });
  const view = h('div', { class: 'camera' });
  let stop: (() => void) | undefined;
  const take = (handed: string): void => {
    if (looksLikeOffer(handed) || looksLikeRequest(handed)) {
      stop?.();
      app.handle(handed);
    } else {
      fill(place, explain(new Refusal('not_for_wallet')));
    }
  };
  const camera = button(t('add.camera'), () => {
    camera.disabled = true;
    void openCamera(view, take).then(close => {
      stop = close;
      fill(place, h('p', { role: 'status' }, t('add.looking')));
    }, () => {
      camera.disabled = false;
      fill(place, notice('info', h('p', {}, t('add.noCamera'))));
      text.focus();
    });
  }, 'primary');
  // Leaving the page turns the camera's light off.
  addEventListener('hashchange', () => { stop?.(); }, { once: true });
  app.show(t('add.title'), h('p', {}, t('add.intro')),
    h('div', { class: 'actions' }, camera), view, place,
    h('form', { onsubmit: event => { event.preventDefault(); take(text.value.trim()); } },
      field(t('add.paste'), text),
      h('div', { class: 'actions' }, h('button', { type: 'submit', class: 'plain' }, t('add.go')))));
}
