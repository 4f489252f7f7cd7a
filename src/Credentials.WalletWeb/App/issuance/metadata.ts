import { askObject, secureUrl, type World } from '../core/http.js';
import { isObject, object, optionalText, optionalTexts, text, type Json, type JsonObject } from '../core/json.js';
import { must } from '../core/refusal.js';
import type { Offer } from './offer.js';

export interface IssuerMetadata {
  readonly issuer: string;
  readonly credentialEndpoint: string;
  readonly nonceEndpoint?: string;
  readonly deferredEndpoint?: string;
  readonly notificationEndpoint?: string;
  readonly authorizationServers: readonly string[];
  readonly display: readonly JsonObject[];
  readonly requestEncryption?: JsonObject;
  readonly responseEncryption?: JsonObject;
  readonly configurations: JsonObject;
}

export interface ServerMetadata {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly authorizationEndpoint?: string;
  readonly parEndpoint?: string;
  readonly parRequired: boolean;
  readonly dpop: boolean;
  /** Whether the answer at the redirect address names its server, RFC 9207. */
  readonly namesItself: boolean;
}

/** The well-known path stands between host and path, RFC 8615: not behind the identifier. */
export function wellKnown(identifier: string, name: string): string {
  const url = new URL(identifier);
  return `${url.origin}/.well-known/${name}${url.pathname === '/' ? '' : url.pathname.replace(/\/$/, '')}`;
}

export async function issuerMetadata(world: World, issuer: string): Promise<IssuerMetadata> {
  const document = await askObject(world, wellKnown(issuer, 'openid-credential-issuer'));
  // "MUST be identical to the Credential Issuer's identifier value into which the well-known URI string was inserted."
  must(document.credential_issuer === issuer, 'issuer_mismatch', 'credential_issuer');
  return {
    issuer,
    credentialEndpoint: endpoint(document.credential_endpoint, 'credential_endpoint'),
    nonceEndpoint: optionalEndpoint(document.nonce_endpoint, 'nonce_endpoint'),
    deferredEndpoint: optionalEndpoint(document.deferred_credential_endpoint, 'deferred_credential_endpoint'),
    notificationEndpoint: optionalEndpoint(document.notification_endpoint, 'notification_endpoint'),
    authorizationServers: optionalTexts(document.authorization_servers, 'unreadable', 'authorization_servers') ?? [issuer],
    display: Array.isArray(document.display) ? document.display.filter(isObject) : [],
    requestEncryption: optionalObject(document.credential_request_encryption, 'credential_request_encryption'),
    responseEncryption: optionalObject(document.credential_response_encryption, 'credential_response_encryption'),
    configurations: object(document.credential_configurations_supported, 'unreadable', 'credential_configurations_supported'),
  } as IssuerMetadata;
}

/** The authorization server of an offer: only one that the issuer's metadata names, and that names itself so. */
export async function serverMetadata(world: World, offer: Offer, issuer: IssuerMetadata): Promise<ServerMetadata> {
  const named = offer.authorizationServer ?? issuer.authorizationServers[0]!;
  // "The Wallet MUST NOT proceed with the flow if the authorization_server does not match": the defence against a mix-up.
  must(issuer.authorizationServers.includes(named), 'issuer_mismatch', 'authorization_server');
  secureUrl(named, 'authorization_server');
  const document = await askObject(world, wellKnown(named, 'oauth-authorization-server'));
  must(document.issuer === named, 'issuer_mismatch', 'issuer');
  return {
    issuer: named,
    tokenEndpoint: endpoint(document.token_endpoint, 'token_endpoint'),
    authorizationEndpoint: optionalEndpoint(document.authorization_endpoint, 'authorization_endpoint'),
    parEndpoint: optionalEndpoint(document.pushed_authorization_request_endpoint, 'pushed_authorization_request_endpoint'),
    parRequired: document.require_pushed_authorization_requests === true,
    dpop: Array.isArray(document.dpop_signing_alg_values_supported) && document.dpop_signing_alg_values_supported.includes('ES256'),
    namesItself: document.authorization_response_iss_parameter_supported === true,
  } as ServerMetadata;
}

const endpoint = (value: Json | undefined, what: string): string => secureUrl(text(value, 'unreadable', what), what).href;

const optionalEndpoint = (value: Json | undefined, what: string): string | undefined => {
  const given = optionalText(value, 'unreadable', what);
  return given === undefined ? undefined : endpoint(given, what);
};

const optionalObject = (value: Json | undefined, what: string): JsonObject | undefined =>
  value === undefined ? undefined : object(value, 'unreadable', what);
