import { readObject, type JsonObject } from './json.js';
import { must, Refusal } from './refusal.js';

/** What the protocols need of the world; tests bring their own. */
export interface World {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Waits so many milliseconds; without it nothing is waited for. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  header(name: string): string | null;
}

const patience = 20_000;
const largest = 2 * 1024 * 1024;

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** An address that may be asked: https, or http on this very machine; never one with a user name in it. */
export function secureUrl(address: string, what: string): URL {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new Refusal('unreadable', what);
  }
  must(url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname)), 'insecure', what);
  must(url.username === '' && url.password === '', 'insecure', what);
  return url;
}

/** Asks a stranger's server: no cookies, no referrer, no redirect, bounded in time and size. An answer of any status is an answer. */
export async function ask(world: World, address: string, init: RequestInit = {}): Promise<Answer> {
  const url = secureUrl(address, 'url');
  let response: Response;
  let text: string;
  try {
    response = await world.fetch(url.href, {
      credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer', cache: 'no-store', signal: AbortSignal.timeout(patience), ...init,
    });
    text = await bounded(response);
  } catch (fault) {
    throw fault instanceof Refusal ? fault : new Refusal('unreachable', url.host);
  }
  return {
    status: response.status,
    type: (response.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase(),
    text,
    header: name => response.headers.get(name),
  };
}

/** Asks again where there was no answer, three times in all: only for what the other side takes twice without harm. */
export async function persistently<T>(world: World, work: () => Promise<T>): Promise<T> {
  for (let turn = 0; ; turn++) {
    try {
      return await work();
    } catch (fault) {
      if (turn === 2 || !(fault instanceof Refusal) || fault.code !== 'unreachable') {
        throw fault;
      }
      await world.pause?.(1000 * (turn + 1));
    }
  }
}

/** Asks for a JSON object; anything but success is refused. */
export async function askObject(world: World, address: string, init: RequestInit = {}): Promise<JsonObject> {
  const answer = await ask(world, address, { ...init, headers: { accept: 'application/json', ...init.headers } });
  must(answer.status >= 200 && answer.status < 300, 'answered', `${new URL(address).host} ${answer.status}`);
  return readObject(answer.text);
}

/** The body of a form post. */
export const form = (fields: Record<string, string | undefined>): URLSearchParams => {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) {
      body.set(name, value);
    }
  }
  return body;
};

async function bounded(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.length;
    if (size > largest) {
      await reader?.cancel();
      throw new Refusal('too_large', `${largest}`);
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}
