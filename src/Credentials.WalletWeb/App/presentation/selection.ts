import type { Choice } from './answer.js';
import { servable, setsOf, type Match, type Matches } from './match.js';
import type { Query } from './query.js';

/** What the learner has chosen so far, of what may be chosen. Begins with what the asker likes best, and nothing that is optional. */
export class Selection {
  readonly #query: Query;
  readonly #matches: Matches;
  /** By set: the option taken, or -1 for none. */
  readonly options: number[];
  readonly #taken = new Map<string, number[]>();
  readonly #ways = new Map<string, number>();

  constructor(query: Query, matches: Matches) {
    this.#query = query;
    this.#matches = matches;
    this.options = setsOf(query).map(set => set.required ? 0 : -1);
  }

  /** The options of each set that can be served. */
  get sets(): { readonly required: boolean; readonly options: readonly (readonly string[])[] }[] {
    return setsOf(this.#query).map(set => ({ required: set.required, options: servable(set, this.#matches) }));
  }

  /** The credential queries that are answered as things stand. */
  get active(): string[] {
    return [...new Set(this.sets.flatMap((set, at) => set.options[this.options[at]!] ?? []))];
  }

  candidates(id: string): readonly Match[] {
    return this.#matches.get(id) ?? [];
  }

  /** Which candidates are shown for a query: one, or several where the asker takes several. */
  taken(id: string): readonly number[] {
    return this.#taken.get(id) ?? [0];
  }

  take(id: string, candidate: number, on = true): void {
    const query = this.#query.credentials.find(credential => credential.id === id)!;
    const others = query.multiple ? this.taken(id).filter(other => other !== candidate) : [];
    const next = on ? [...others, candidate].sort((a, b) => a - b) : others;
    // One at least: who wants to show none of it takes another option, or declines.
    this.#taken.set(id, next.length > 0 ? next : [candidate]);
  }

  way(id: string, candidate: number): number {
    return this.#ways.get(`${id} ${candidate}`) ?? 0;
  }

  goWay(id: string, candidate: number, way: number): void {
    this.#ways.set(`${id} ${candidate}`, way);
  }

  get choices(): Choice[] {
    return this.active.flatMap(id => this.taken(id).map(candidate => {
      const match = this.candidates(id)[candidate]!;
      return { match, way: match.ways[this.way(id, candidate)]! };
    }));
  }
}
