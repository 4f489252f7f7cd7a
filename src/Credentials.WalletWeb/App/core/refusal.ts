import type en from '../../Languages/en.json';

type Key = keyof typeof en;

/** What can be said to the learner: every code has its sentence in the resources, under `refusal.`. */
export type RefusalCode = Key extends infer K ? K extends `refusal.${infer Code}` ? Code : never : never;

/** The wallet will not go on. The detail names a parameter, a host or an error code of the protocol; sentences are in the resources. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly detail: string;

  constructor(code: RefusalCode, detail = '') {
    super(`${code}${detail ? `: ${detail}` : ''}`);
    this.name = 'Refusal';
    this.code = code;
    this.detail = detail;
  }
}

/** Refuses unless it holds. */
export function must(holds: unknown, code: RefusalCode, detail = ''): asserts holds {
  if (!holds) {
    throw new Refusal(code, detail);
  }
}
