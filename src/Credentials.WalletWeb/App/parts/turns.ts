/** Whose turn it is to draw. A page that was left, or that another took the place of, draws no more, however late its work ends. */
export class Turns {
  #current = 0;
  #lists = false;

  /** Begins another page: the pages before it have lost their turn. */
  begin(): Turn {
    const mine = ++this.#current;
    this.#lists = false;
    const mayDraw = (): boolean => mine === this.#current;
    return { mayDraw, onlyLists: () => { this.#lists ||= mayDraw(); } };
  }

  /** Whether a list stands there, and nothing on which somebody reads, chooses or types. */
  get onlyLists(): boolean {
    return this.#lists;
  }
}

export interface Turn {
  mayDraw(): boolean;
  /** Says that the page only lists, so that it may be drawn anew when another tab changed something. */
  onlyLists(): void;
}
