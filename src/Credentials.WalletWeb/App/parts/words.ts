import type en from '../../Languages/en.json';

export type Key = keyof typeof en;

/** Text that may stand on a page: from the resources, or said by somebody else. A literal is none, so that tsc finds what was not translated. */
export type Word = string & { readonly word: never };

/** Languages of the resources, by their own names. */
export const languages: readonly { readonly tag: string; readonly name: Word }[] =
  [['en', 'English'], ['es', 'Español'], ['ar', 'العربية'], ['zh-Hans', '简体中文']].map(([tag, name]) => ({ tag: tag!, name: name as Word }));

let words: Record<Key, string>;

export async function loadWords(tag: string): Promise<void> {
  const response = await fetch(`/languages-${tag}.json`);
  words = await response.json() as Record<Key, string>;
  document.documentElement.lang = words.tag;
  document.documentElement.dir = words.direction;
}

/** The language that was chosen, else the first of the browser's that there is. */
export function wantedLanguage(chosen: string | null): string {
  const known = (tag: string): string | undefined =>
    languages.find(language => language.tag.toLowerCase() === tag.toLowerCase())?.tag
    ?? languages.find(language => language.tag.split('-')[0] === tag.toLowerCase().split('-')[0])?.tag;
  return [chosen ?? '', ...navigator.languages].map(known).find(tag => tag !== undefined) ?? 'en';
}

export const language = (): string => words.tag;

export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): Word {
  // Names of people and hosts run in their own direction.
  return words[key].replaceAll(/\{(\w+)\}/g, (_, name: string) => `\u2068${values[name] ?? ''}\u2069`) as Word;
}

/** The word under a name that is made up of parts; undefined where there is none. */
export const maybe = (key: string): Word | undefined => Object.hasOwn(words, key) ? words[key as Key] as Word : undefined;

/** What a university, an employer or the learner said: data, not a word of ours. */
export const said = (text: string): Word => text as Word;

export const day = (at: number): Word => new Intl.DateTimeFormat(words.tag, { dateStyle: 'long' }).format(at) as Word;

export const moment = (at: number): Word => new Intl.DateTimeFormat(words.tag, { dateStyle: 'medium', timeStyle: 'short' }).format(at) as Word;

/** A date of the form YYYY-MM-DD as people write it; anything else as it is. */
export const readable = (text: string): Word => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
  ? new Intl.DateTimeFormat(words.tag, { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(text)) as Word
  : said(text);
