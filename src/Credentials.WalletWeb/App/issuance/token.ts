import { form, type Answer } from '../core/http.js';
import { isObject, readObject, text, type JsonObject } from '../core/json.js';
import { must, Refusal } from '../core/refusal.js';
import type { DPoP } from './dpop.js';
import type { ServerMetadata } from './metadata.js';
import { preAuthorizedGrant } from './offer.js';

export interface Token {
  readonly value: string;
  /** Whether it is good only with the DPoP key. */
  readonly bound: boolean;
  /** By configuration: what to ask for instead of the configuration. */
  readonly identifiers: Readonly<Record<string, readonly string[]>>;
}

export type Grant =
  | { readonly kind: 'pre-authorized'; readonly code: string; readonly txCode?: string }
  | { readonly kind: 'authorization'; readonly code: string; readonly verifier: string; readonly clientId: string; readonly redirectUri: string };

/** Redeems a code. Asked with DPoP where the server knows it: then a bare token is refused, lest somebody took the binding off on the way. */
export async function redeem(dpop: DPoP, server: ServerMetadata, grant: Grant, plain: (address: string, init: RequestInit) => Promise<Answer>): Promise<Token> {
  const init: RequestInit = { method: 'POST', headers: { accept: 'application/json' }, body: form(fieldsOf(grant)) };
  const answer = server.dpop ? await dpop.ask(server.tokenEndpoint, init) : await plain(server.tokenEndpoint, init);
  if (answer.status !== 200) {
    throw refusalOf(answer, grant);
  }
  const token = readObject(answer.text);
  const type = text(token.token_type, 'unreadable', 'token_type').toLowerCase();
  must(type === (server.dpop ? 'dpop' : 'bearer'), 'token_unbound', 'token_type');
  return { value: text(token.access_token, 'unreadable', 'access_token'), bound: server.dpop, identifiers: identifiersOf(token) };
}

const fieldsOf = (grant: Grant): Record<string, string | undefined> => grant.kind === 'pre-authorized'
  ? { 'grant_type': preAuthorizedGrant, 'pre-authorized_code': grant.code, 'tx_code': grant.txCode }
  : { grant_type: 'authorization_code', code: grant.code, code_verifier: grant.verifier, client_id: grant.clientId, redirect_uri: grant.redirectUri };

/** What the server's `error` means to the learner. */
export function refusalOf(answer: Answer, grant?: Grant): Refusal {
  const error = errorOf(answer);
  if (grant?.kind === 'pre-authorized' && error === 'invalid_grant') {
    return new Refusal(grant.txCode === undefined ? 'offer_used' : 'tx_code_wrong', error);
  }
  return new Refusal(error === 'invalid_grant' ? 'offer_used' : answer.status === 429 ? 'too_many' : 'answered', `${answer.status} ${error}`.trim());
}

export function errorOf(answer: Answer): string {
  try {
    const body = readObject(answer.text);
    return typeof body.error === 'string' ? body.error.slice(0, 80) : '';
  } catch {
    return '';
  }
}

function identifiersOf(token: JsonObject): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const detail of Array.isArray(token.authorization_details) ? token.authorization_details.filter(isObject) : []) {
    const { credential_configuration_id: configuration, credential_identifiers: identifiers } = detail;
    if (detail.type === 'openid_credential' && typeof configuration === 'string' && Array.isArray(identifiers)) {
      found[configuration] = identifiers.filter(identifier => typeof identifier === 'string');
    }
  }
  return found;
}
