import { ask, form, secureUrl, type Answer, type World } from '../core/http.js';
import { isObject, optionalText, readObject, type JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';
import { contentEncryption, encrypt, encryptionKey } from '../issuance/encryption.js';
import type { PresentationRequest } from './request.js';

/** What became of an answer: not sent, sent without a word back, sent and refused, received. */
export type Outcome = 'failed' | 'unknown' | 'refused' | 'shown';

/** Where the learner goes on, when the asker says so. */
export interface Receipt {
  readonly redirect?: string;
}

/** Sends the answer; encrypted when it was asked so, and never in the clear instead. Tells on the way how far it came: from the moment it leaves, the other side may have it. https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#section-8.2 */
export async function send(world: World, request: PresentationRequest, token: JsonObject, reached: (outcome: Outcome) => Promise<void> | void = () => undefined): Promise<Receipt> {
  const state: JsonObject = request.state === undefined ? {} : { state: request.state };
  const body = request.encrypted
    ? { response: await encrypted(request, { vp_token: token, ...state }) }
    : { vp_token: JSON.stringify(token), state: request.state };
  await reached('unknown');
  const answer = await ask(world, request.responseUri, { method: 'POST', headers: { accept: 'application/json' }, body: form(body) });
  const received = answer.status >= 200 && answer.status < 300;
  await reached(received ? 'shown' : 'refused');
  must(received, answer.status === 404 || answer.status === 410 ? 'request_expired' : 'verifier_refused', problemOf(answer));
  return receiptOf(answer);
}

/** Tells the asker no. The reason says nothing of what the wallet holds: "access_denied" for all of them. */
export async function decline(world: World, request: PresentationRequest): Promise<Receipt> {
  const error = { error: 'access_denied', ...(request.state !== undefined && { state: request.state }) };
  try {
    const body = request.encrypted ? { response: await encrypted(request, error) } : error;
    const answer = await ask(world, request.responseUri, { method: 'POST', headers: { accept: 'application/json' }, body: form(body) });
    return answer.status < 300 ? receiptOf(answer) : {};
  } catch {
    return {};
  }
}

const encrypted = async (request: PresentationRequest, message: JsonObject): Promise<string> => await encrypt(message,
  encryptionKey(request.metadata.jwks, 'encryption'), contentEncryption(request.metadata.encrypted_response_enc_values_supported, 'encryption'));

function receiptOf(answer: Answer): Receipt {
  if (answer.text.trim() === '') {
    return {};
  }
  const redirect = optionalText(readObject(answer.text).redirect_uri, 'unreadable', 'redirect_uri');
  return redirect === undefined ? {} : { redirect: secureUrl(redirect, 'redirect_uri').href };
}

// The asker's code for it: `error` of OAuth, `type` or `title` of RFC 9457.
function problemOf(answer: Answer): string {
  try {
    const body = readObject(answer.text);
    const said = [body.error, body.error_description, body.detail, isObject(body.problem) ? body.problem.detail : undefined].find(text => typeof text === 'string');
    return `${answer.status} ${typeof said === 'string' ? said.slice(0, 200) : ''}`.trim();
  } catch {
    return `${answer.status}`;
  }
}
