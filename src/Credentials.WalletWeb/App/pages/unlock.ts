import { must } from '../core/refusal.js';
import { usePasskey } from '../storage/passkey.js';
import { behind, type App } from '../parts/app.js';
import { button, h } from '../parts/dom.js';
import { t } from '../parts/words.js';

/** Asks for the passkey, then goes on with what was wanted. */
export function unlockPage(app: App, next: () => void): void {
  const place = h('div', { 'aria-live': 'polite' });
  const go = button(t('unlock.go'), () => void behind(go, place, async () => {
    const lock = await app.vault.lock();
    must(lock?.mode === 'passkey', 'locked', 'mode');
    await app.vault.unlock(await usePasskey(lock.credential, lock.salt));
    next();
  }), 'primary');
  app.show(t('unlock.title'), h('p', {}, t('unlock.text')), h('div', { class: 'actions' }, go), place);
}
