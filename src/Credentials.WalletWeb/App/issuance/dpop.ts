import { SignJWT } from 'jose';
import { base64url, random, sha256, utf8 } from '../core/bytes.js';
import { ask, type Answer, type World } from '../core/http.js';
import type { KeyPair } from '../credentials/keys.js';

/** Asks with a proof that the asker holds the key to which the token is bound. A server that wants its nonce in the proof gets it once. https://www.rfc-editor.org/rfc/rfc9449 */
export class DPoP {
  readonly #world: World;
  readonly #keys: KeyPair;
  readonly #nonces = new Map<string, string>();

  constructor(world: World, keys: KeyPair) {
    this.#world = world;
    this.#keys = keys;
  }

  async ask(address: string, init: RequestInit, token?: string): Promise<Answer> {
    const origin = new URL(address).origin;
    for (let turn = 0; ; turn++) {
      const answer = await ask(this.#world, address, {
        ...init,
        headers: { ...init.headers, dpop: await this.proof(address, init.method ?? 'GET', token), ...(token && { authorization: `DPoP ${token}` }) },
      });
      const nonce = answer.header('dpop-nonce');
      const known = this.#nonces.get(origin);
      if (nonce) {
        this.#nonces.set(origin, nonce);
      }
      const wanted = answer.text.includes('use_dpop_nonce') || (answer.header('www-authenticate') ?? '').includes('use_dpop_nonce');
      if (turn > 0 || !wanted || !nonce || nonce === known) {
        return answer;
      }
    }
  }

  /** "htu": the address without query and fragment; "ath": the hash of the token. */
  async proof(address: string, method: string, token?: string): Promise<string> {
    const url = new URL(address);
    const nonce = this.#nonces.get(url.origin);
    return await new SignJWT({
      htm: method, htu: url.origin + url.pathname, jti: random(),
      ...(nonce && { nonce }),
      ...(token && { ath: base64url(await sha256(utf8(token))) }),
    }).setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: this.#keys.jwk })
      .setIssuedAt(Math.floor(this.#world.now() / 1000))
      .sign(this.#keys.privateKey);
  }
}
