import { ask, persistently, type Answer, type World } from '../core/http.js';
import { isObject, object, readObject, text, type Json, type JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';
import type { Configuration } from './choose.js';
import type { DPoP } from './dpop.js';
import { answerKey, contentEncryption, decrypt, encrypt, encryptionKey, type AnswerKey } from './encryption.js';
import type { IssuerMetadata } from './metadata.js';
import { errorOf, refusalOf, type Token } from './token.js';

/** What came: credentials now, or a number to ask for them later. */
export type Issued =
  | { readonly kind: 'now'; readonly credentials: readonly (string | JsonObject)[]; readonly notification?: string }
  | { readonly kind: 'later'; readonly transaction: string; readonly seconds: number };

/** A request as it went out, kept until it is settled: the issuer answers the same request the same way again, and another one not at all. */
export interface Prepared {
  readonly body: string;
  readonly type: string;
  readonly key?: AnswerKey;
}

/** Where a request is kept between attempts. */
export interface Slot {
  prepared?: Prepared;
}

/** The issuer's endpoints that want the token. */
export class CredentialClient {
  readonly #world: World;
  readonly #dpop: DPoP;
  readonly #issuer: IssuerMetadata;
  readonly #token: Token;

  constructor(world: World, dpop: DPoP, issuer: IssuerMetadata, token: Token) {
    this.#world = world;
    this.#dpop = dpop;
    this.#issuer = issuer;
    this.#token = token;
  }

  /** A fresh nonce, where the issuer gives them. */
  async nonce(): Promise<string | undefined> {
    if (!this.#issuer.nonceEndpoint) {
      return undefined;
    }
    const answer = await ask(this.#world, this.#issuer.nonceEndpoint, { method: 'POST', headers: { accept: 'application/json' } });
    must(answer.status === 200, 'answered', `nonce ${answer.status}`);
    return text(readObject(answer.text).c_nonce, 'unreadable', 'c_nonce');
  }

  /** Asks for one configuration; a nonce that has run out meanwhile is replaced once. What had no answer stays in the slot, and is sent again as it was. */
  async request(configuration: Configuration, prove: (nonce: string | undefined) => Promise<string>, slot: Slot = {}): Promise<Issued> {
    const identifier = this.#token.identifiers[configuration.id]?.[0];
    for (let turn = 0; ; turn++) {
      slot.prepared ??= await this.#prepare({
        ...(identifier ? { credential_identifier: identifier } : { credential_configuration_id: configuration.id }),
        ...(configuration.binding && { proofs: { jwt: [await prove(await persistently(this.#world, () => this.nonce()))] } }),
      });
      const answer = await this.#send(this.#issuer.credentialEndpoint, slot.prepared);
      delete slot.prepared;
      if (turn > 0 || answer.failed?.error !== 'invalid_nonce') {
        return issuedOf(answer);
      }
    }
  }

  async deferred(transaction: string): Promise<Issued | 'pending'> {
    must(this.#issuer.deferredEndpoint, 'unsupported', 'deferred_credential_endpoint');
    const answer = await this.#send(this.#issuer.deferredEndpoint, await this.#prepare({ transaction_id: transaction }));
    return answer.failed?.error === 'issuance_pending' ? 'pending' : issuedOf(answer);
  }

  /** Tells the issuer what became of a credential; whether it hears is not the learner's concern. */
  async notify(id: string, event: 'credential_accepted' | 'credential_failure' | 'credential_deleted'): Promise<void> {
    if (this.#issuer.notificationEndpoint) {
      await this.#post(this.#issuer.notificationEndpoint, JSON.stringify({ notification_id: id, event }), 'application/json').catch(() => undefined);
    }
  }

  async #prepare(message: JsonObject): Promise<Prepared> {
    const { requestEncryption, responseEncryption } = this.#issuer;
    // "Credential Request encryption MUST be used if the credential_response_encryption parameter is included": so both or neither.
    const mutual = requestEncryption && responseEncryption;
    must(mutual || responseEncryption?.encryption_required !== true, 'unsupported', 'credential_response_encryption');
    let key: AnswerKey | undefined;
    if (mutual) {
      must(Array.isArray(responseEncryption.alg_values_supported) && responseEncryption.alg_values_supported.includes('ECDH-ES'), 'unsupported', 'credential_response_encryption');
      key = await answerKey(contentEncryption(responseEncryption.enc_values_supported, 'unsupported'));
    }
    const whole = key ? { ...message, credential_response_encryption: { jwk: key.jwk as JsonObject, enc: key.enc } } : message;
    return requestEncryption
      ? { body: await encrypt(whole, encryptionKey(requestEncryption.jwks, 'unsupported'), contentEncryption(requestEncryption.enc_values_supported, 'unsupported')), type: 'application/jwt', ...(key && { key }) }
      : { body: JSON.stringify(whole), type: 'application/json' };
  }

  async #send(address: string, { body, type, key }: Prepared): Promise<{ status: number; body: JsonObject; failed?: { answer: Answer; error: string } }> {
    const answer = await persistently(this.#world, () => this.#post(address, body, type));
    if (answer.status !== 200 && answer.status !== 202) {
      return { status: answer.status, body: {}, failed: { answer, error: errorOf(answer) } };
    }
    // "When encryption of a message was required but the received message is unencrypted, it SHOULD be rejected."
    must(key === undefined || answer.type === 'application/jwt', 'encryption', 'credential_response');
    return { status: answer.status, body: key ? await decrypt(answer.text, key) : readObject(answer.text) };
  }

  async #post(address: string, body: string, type: string): Promise<Answer> {
    const init: RequestInit = { method: 'POST', headers: { 'accept': 'application/json, application/jwt', 'content-type': type }, body };
    return this.#token.bound
      ? await this.#dpop.ask(address, init, this.#token.value)
      : await ask(this.#world, address, { ...init, headers: { ...init.headers, authorization: `Bearer ${this.#token.value}` } });
  }
}

function issuedOf(answer: { body: JsonObject; failed?: { answer: Answer; error: string } }): Issued {
  if (answer.failed) {
    throw refusalOf(answer.failed.answer);
  }
  const { credentials, transaction_id: transaction, interval, notification_id: notification } = answer.body;
  if (transaction !== undefined) {
    must(credentials === undefined, 'unreadable', 'transaction_id');
    return { kind: 'later', transaction: text(transaction, 'unreadable', 'transaction_id'), seconds: typeof interval === 'number' && interval > 0 ? Math.min(interval, 86_400) : 5 };
  }
  must(Array.isArray(credentials) && credentials.length > 0, 'unreadable', 'credentials');
  return {
    kind: 'now',
    credentials: credentials.map(item => credentialOf(object(item, 'unreadable', 'credentials').credential)),
    ...(typeof notification === 'string' && { notification }),
  };
}

function credentialOf(credential: Json | undefined): string | JsonObject {
  must((typeof credential === 'string' && credential.length > 0) || isObject(credential), 'unreadable', 'credential');
  return credential;
}
