import { random } from '../core/bytes.js';
import { ask, form, secureUrl, type World } from '../core/http.js';
import { isObject, object, optionalText, readJson, readObject, text, type Json, type JsonObject } from '../core/json.js';
import { must, Refusal } from '../core/refusal.js';
import { decodeJwt } from '../credentials/sdjwt.js';
import { authenticate, prefixOf, type Prefix, type Verifier } from './clientIdentifier.js';
import { readQuery, type Query } from './query.js';

/** A question that was understood, and from whom it is. */
export interface PresentationRequest {
  readonly clientId: string;
  readonly verifier: Verifier;
  readonly responseUri: string;
  readonly encrypted: boolean;
  readonly nonce: string;
  readonly state?: string;
  readonly query: Query;
  readonly metadata: JsonObject;
}

const code = 'request_malformed';
const selfIssued = 'https://self-issued.me/v2';

export const looksLikeRequest = (handed: string): boolean =>
  /^(openid4vp:|haip-vp:|eudi-openid4vp:)/i.test(handed) || /[?&](request_uri|dcql_query|request)=/.test(handed);

/** Reads a request that was scanned, pasted or followed: by value, by signed value, or by reference. https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#section-5 */
export async function readRequest(world: World, handed: string): Promise<PresentationRequest> {
  const outer = parametersOf(handed);
  const clientId = text(outer.client_id, code, 'client_id');
  const { prefix, id } = prefixOf(clientId);
  must(outer.request === undefined || outer.request_uri === undefined, code, 'request_uri');
  const walletNonce = outer.request_uri_method === 'post' ? random() : undefined;
  const jwt = outer.request_uri !== undefined
    ? await fetchRequest(world, text(outer.request_uri, code, 'request_uri'), outer.request_uri_method, walletNonce, prefix)
    : optionalText(outer.request, code, 'request');
  if (jwt === undefined) {
    // Signed prefixes must be signed: whoever took the signature away would have it otherwise.
    must(prefix === 'redirect_uri', 'request_unsigned', prefix);
    return finish(unfold(outer), clientId, await authenticate(world, prefix, id, undefined));
  }
  const { header, payload } = unsignedOrSigned(jwt, prefix);
  // "The Client Identifier value in the client_id parameter and the Request Object client_id claim value MUST be identical."
  must(payload.client_id === clientId, 'verifier_mismatch', 'client_id');
  must(walletNonce === undefined || payload.wallet_nonce === walletNonce, 'verifier_mismatch', 'wallet_nonce');
  checkClaims(payload, world.now());
  const verifier = await authenticate(world, prefix, id, prefix === 'redirect_uri' ? undefined : { jwt, header, now: world.now() });
  return finish(payload, clientId, verifier);
}

function parametersOf(handed: string): JsonObject {
  let parameters: URLSearchParams;
  try {
    parameters = new URL(handed.trim()).searchParams;
  } catch {
    throw new Refusal(code, 'url');
  }
  const found: JsonObject = {};
  for (const [name, value] of parameters) {
    must(!Object.hasOwn(found, name), code, name.slice(0, 80));
    found[name] = value;
  }
  return found;
}

async function fetchRequest(world: World, address: string, method: Json | undefined, walletNonce: string | undefined, prefix: Prefix): Promise<string> {
  // "invalid_request_uri_method: the value is neither get nor post (case-sensitive)."
  must(method === undefined || method === 'get' || method === 'post', code, 'request_uri_method');
  const url = secureUrl(address, 'request_uri').href;
  const accept = { accept: 'application/oauth-authz-req+jwt' };
  const answer = await ask(world, url, walletNonce === undefined ? { headers: accept } : {
    method: 'POST', headers: accept,
    body: form({ wallet_nonce: walletNonce, wallet_metadata: JSON.stringify(walletMetadata(prefix)) }),
  });
  must(answer.status === 200, answer.status === 404 || answer.status === 410 ? 'request_expired' : 'answered', `${new URL(url).host} ${answer.status}`);
  must(answer.type === 'application/oauth-authz-req+jwt', code, 'content-type');
  return answer.text.trim();
}

/** What this wallet can do, as it is told to who asks by post. */
export const walletMetadata = (prefix: Prefix): JsonObject => ({
  vp_formats_supported: {
    'dc+sd-jwt': { 'sd-jwt_alg_values': ['ES256', 'ES384', 'EdDSA'], 'kb-jwt_alg_values': ['ES256'] },
    'jwt_vc_json': { alg_values: ['ES256'] },
    'ldp_vc': { proof_type_values: ['DataIntegrityProof'], cryptosuite_values: ['ecdsa-jcs-2019', 'ecdsa-rdfc-2019'] },
  },
  client_id_prefixes_supported: ['redirect_uri', 'decentralized_identifier', 'x509_san_dns', 'x509_hash'],
  authorization_encryption_alg_values_supported: ['ECDH-ES'],
  authorization_encryption_enc_values_supported: ['A128GCM', 'A256GCM'],
  // "the Wallet MUST NOT include this parameter if the Client Identifier Prefix precludes signed Request Objects."
  ...(prefix !== 'redirect_uri' && { request_object_signing_alg_values_supported: ['ES256', 'ES384', 'EdDSA'] }),
});

function unsignedOrSigned(jwt: string, prefix: Prefix): { header: JsonObject; payload: JsonObject } {
  if (prefix !== 'redirect_uri') {
    const read = rethrow(() => decodeJwt(jwt));
    must(read.header.typ === 'oauth-authz-req+jwt', code, 'typ');
    must(read.header.alg !== 'none', 'request_unsigned', 'alg');
    return read;
  }
  // "Requests using the redirect_uri Client Identifier Prefix cannot be signed."
  const parts = jwt.split('.');
  must(parts.length === 3 && parts[2] === '', code, 'redirect_uri');
  const read = rethrow(() => decodeJwt(`${parts[0]}.${parts[1]}.none`));
  must(read.header.typ === 'oauth-authz-req+jwt' && read.header.alg === 'none', code, 'typ');
  return read;
}

function rethrow<T>(read: () => T): T {
  try {
    return read();
  } catch (fault) {
    throw fault instanceof Refusal ? new Refusal(code, fault.detail) : fault;
  }
}

function checkClaims(payload: JsonObject, now: number): void {
  const { aud, exp, iat, nbf } = payload;
  must(aud === undefined || aud === selfIssued || (Array.isArray(aud) && aud.includes(selfIssued)), code, 'aud');
  const slack = 60_000;
  must(exp === undefined || (typeof exp === 'number' && exp * 1000 > now), 'request_expired', 'exp');
  must([iat, nbf].every(time => time === undefined || (typeof time === 'number' && time * 1000 <= now + slack)), code, 'iat');
}

// Parameters of a URL are texts; these two are JSON in them.
function unfold(outer: JsonObject): JsonObject {
  const json = (value: Json | undefined): Json | undefined => typeof value === 'string' ? readJson(value, code) : value;
  return {
    ...outer,
    ...(outer.dcql_query !== undefined && { dcql_query: json(outer.dcql_query)! }),
    ...(outer.client_metadata !== undefined && { client_metadata: readObject(String(outer.client_metadata), code) }),
  };
}

function finish(request: JsonObject, clientId: string, verifier: Verifier): PresentationRequest {
  must(request.response_type === 'vp_token', 'unsupported', 'response_type');
  must(request.response_mode === 'direct_post' || request.response_mode === 'direct_post.jwt', 'unsupported', 'response_mode');
  must(request.redirect_uri === undefined, code, 'redirect_uri');
  must(request.transaction_data === undefined, 'transaction_data', 'transaction_data');
  must(request.scope === undefined || request.dcql_query !== undefined, 'unsupported', 'scope');
  const nonce = text(request.nonce, code, 'nonce');
  const state = optionalText(request.state, code, 'state');
  const { prefix, id } = prefixOf(clientId);
  // "The Verifier MAY omit the response_uri": then the identifier is it.
  const responseUri = request.response_uri === undefined && prefix === 'redirect_uri' ? id : text(request.response_uri, code, 'response_uri');
  const host = secureUrl(responseUri, 'response_uri').hostname;
  must(prefix !== 'redirect_uri' || responseUri === id, 'verifier_mismatch', 'response_uri');
  // "If not, the FQDN of the redirect_uri value MUST match the Client Identifier without the prefix": this wallet has no list of its own.
  must(prefix !== 'x509_san_dns' || host === id.toLowerCase(), 'verifier_mismatch', 'response_uri');
  const metadata = request.client_metadata === undefined ? {} : object(request.client_metadata, code, 'client_metadata');
  const query = readQuery(request.dcql_query);
  must(isObject(metadata), code, 'client_metadata');
  return { clientId, verifier: { ...verifier, host: new URL(responseUri).host, ...nameOf(metadata) }, responseUri, encrypted: request.response_mode === 'direct_post.jwt', nonce, query, metadata, ...(state !== undefined && { state }) };
}

const nameOf = (metadata: JsonObject): { name?: string } =>
  typeof metadata.client_name === 'string' && metadata.client_name !== '' ? { name: metadata.client_name.slice(0, 120) } : {};
