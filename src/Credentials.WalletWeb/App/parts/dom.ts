import type { Word } from './words.js';

export type Child = Node | Word | null | undefined | false | readonly Child[];

type Attribute = string | number | boolean | undefined;

/** What an element may be given: names of machinery freely, texts that people read or hear only as words. */
export interface Attributes {
  readonly [name: string]: Attribute | EventListener | ((event: Event) => void);
  readonly 'aria-label'?: Word;
  readonly 'placeholder'?: Word;
  readonly 'title'?: Word;
  readonly 'alt'?: Word;
}

/** Makes an element. There is no way to give it markup. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value as EventListener);
    } else if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  append(element, children);
  return element;
}

/** Something that others said: it runs in its own direction, whatever the page's. */
export const quote = (text: Word): HTMLElement => h('bdi', {}, text);

export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren();
  append(element, children);
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) {
      append(element, child as readonly Child[]);
    } else if (child) {
      element.append(child as Node | string);
    }
  }
}

export const button = (label: Word, work: () => void, kind: 'primary' | 'plain' | 'danger' = 'plain'): HTMLButtonElement =>
  h('button', { type: 'button', class: kind, onclick: work }, label);

/** Names and values under each other. */
export const facts = (...rows: readonly (readonly [Word, Child] | null | false)[]): HTMLElement =>
  h('dl', {}, rows.filter(row => row !== null && row !== false).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));

let fields = 0;

/** A label, its control, and a hint that is read with it. */
export function field(label: Word, control: HTMLElement, hint?: Word): HTMLElement {
  const id = `field-${++fields}`;
  control.id = id;
  if (hint) {
    control.setAttribute('aria-describedby', `${id}-hint`);
  }
  return h('div', { class: 'field' }, h('label', { for: id }, label), hint && h('p', { class: 'hint', id: `${id}-hint` }, hint), control);
}

/** A box that says at once, and aloud, what went wrong or right. */
export const notice = (kind: 'good' | 'bad' | 'info', ...children: readonly Child[]): HTMLElement =>
  h('div', { class: `notice ${kind}`, role: kind === 'bad' ? 'alert' : 'status' }, ...children);

/** Saves a text as a file of that name. */
export function save(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => { URL.revokeObjectURL(address); }, 60_000);
}
