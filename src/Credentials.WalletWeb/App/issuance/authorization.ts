import { base64url, random, sha256, utf8 } from '../core/bytes.js';
import { form, type Answer } from '../core/http.js';
import { readObject, text } from '../core/json.js';
import { must, Refusal } from '../core/refusal.js';
import { thumbprint, type PublicJwk } from '../credentials/keys.js';
import type { Configuration } from './choose.js';
import type { ServerMetadata } from './metadata.js';
import type { Offer } from './offer.js';
import { refusalOf } from './token.js';

/** What must be remembered while the learner is at the issuer's page. */
export interface Departure {
  readonly state: string;
  readonly verifier: string;
  readonly server: string;
  readonly namesItself: boolean;
}

export interface Client {
  readonly clientId: string;
  readonly redirectUri: string;
}

/** Makes the address to leave for: PKCE S256 always, the request pushed beforehand where the server takes that. RFC 7636, RFC 9126. */
export async function depart(server: ServerMetadata, offer: Offer, chosen: readonly Configuration[], client: Client, dpop: PublicJwk, plain: (address: string, init: RequestInit) => Promise<Answer>): Promise<{ address: string; departure: Departure }> {
  must(server.authorizationEndpoint, 'unsupported', 'authorization_endpoint');
  must(server.parEndpoint || !server.parRequired, 'unsupported', 'pushed_authorization_request_endpoint');
  const verifier = random(32);
  const state = random();
  const scopes = chosen.map(configuration => configuration.scope);
  const request = {
    response_type: 'code', client_id: client.clientId, redirect_uri: client.redirectUri, state,
    code_challenge: base64url(await sha256(utf8(verifier))), code_challenge_method: 'S256',
    issuer_state: offer.authorization?.issuerState,
    // The code is good for this key only: who catches it on the way can do nothing with it. RFC 9449, section 10.
    ...(server.dpop && { dpop_jkt: await thumbprint(dpop) }),
    ...(scopes.every(scope => scope !== undefined)
      ? { scope: [...new Set(scopes)].join(' ') }
      : { authorization_details: JSON.stringify(chosen.map(configuration => ({ type: 'openid_credential', credential_configuration_id: configuration.id, locations: [offer.issuer] }))) }),
  };
  const address = new URL(server.authorizationEndpoint);
  const query = server.parEndpoint ? { client_id: client.clientId, request_uri: await push(server.parEndpoint, request, plain) } : request;
  form(query).forEach((value, name) => address.searchParams.set(name, value));
  return { address: address.href, departure: { state, verifier, server: server.issuer, namesItself: server.namesItself } };
}

async function push(address: string, request: Record<string, string | undefined>, plain: (address: string, init: RequestInit) => Promise<Answer>): Promise<string> {
  const answer = await plain(address, { method: 'POST', headers: { accept: 'application/json' }, body: form(request) });
  if (answer.status !== 201 && answer.status !== 200) {
    throw refusalOf(answer);
  }
  return text(readObject(answer.text).request_uri, 'unreadable', 'request_uri');
}

/** Reads what the learner came back with. The state was looked up by the caller; the server must be the one that was left for, RFC 9207. */
export function arrive(parameters: URLSearchParams, departure: Departure): string {
  must(parameters.getAll('state').length === 1 && parameters.get('state') === departure.state, 'state_unknown', 'state');
  const named = parameters.get('iss');
  must(named === null ? !departure.namesItself : named === departure.server, 'issuer_mismatch', 'iss');
  const error = parameters.get('error');
  if (error !== null) {
    throw new Refusal(error === 'access_denied' ? 'issuer_denied' : 'answered', error.slice(0, 80));
  }
  const codes = parameters.getAll('code');
  must(codes.length === 1 && codes[0] !== '', 'unreadable', 'code');
  return codes[0]!;
}
