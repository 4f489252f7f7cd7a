// A learner at a browser: opens the authorization page, types the collection code, presses the button, and is sent back to the wallet.
const MAX_STEPS = 8;

export async function authorize(url, collectionCode, redirectUri) {
  let answer = await fetch(url, {redirect: 'manual'});
  for (let step = 0; step < MAX_STEPS; step++) {
    const location = answer.headers.get('location');
    if (location) {
      const next = new URL(location, url).toString();
      if (next.startsWith(redirectUri)) {
        return next;
      }

      answer = await fetch(url = next, {redirect: 'manual'});
      continue;
    }

    const page = await answer.text();
    const {action, fields, blank} = formOf(page);
    if (!action && !blank) {
      throw new Error(`no form on the page (HTTP ${answer.status}): ${page.slice(0, 300)}`);
    }

    fields.set(blank, collectionCode);
    answer = await fetch(url = new URL(action ?? url, url).toString(), {method: 'POST', body: fields, redirect: 'manual'});
  }

  throw new Error('the authorization page led nowhere');
}

function formOf(page) {
  const form = /<form\b[^>]*>[\s\S]*?<\/form>/i.exec(page)?.[0] ?? '';
  const attribute = (tag, name) => new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(tag)?.[1]?.replaceAll('&amp;', '&');
  const fields = new URLSearchParams();
  let blank;
  for (const [tag] of form.matchAll(/<input\b[^>]*>/gi)) {
    if (attribute(tag, 'type') === 'hidden') {
      fields.set(attribute(tag, 'name'), attribute(tag, 'value') ?? '');
    } else {
      blank ??= attribute(tag, 'name');
    }
  }

  // The first button is the one that goes on.
  const button = /<button\b[^>]*>/i.exec(form)?.[0];
  if (button && attribute(button, 'name')) {
    fields.set(attribute(button, 'name'), attribute(button, 'value') ?? '');
  }

  return {action: attribute(/<form\b[^>]*>/i.exec(form)?.[0] ?? '', 'action'), fields, blank};
}
