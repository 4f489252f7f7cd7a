import { askObject, secureUrl, type World } from '../core/http.js';
import { object, optionalText, readObject, text, texts, type JsonObject } from '../core/json.js';
import { must, Refusal } from '../core/refusal.js';

export const preAuthorizedGrant = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';

export interface TxCode {
  readonly numeric: boolean;
  readonly length?: number;
  readonly description?: string;
}

/** What an issuer offers. Either a code that is good once, or an invitation to its authorization page. */
export interface Offer {
  /** The credential issuer's identifier, exactly as it was written. */
  readonly issuer: string;
  readonly configurations: readonly string[];
  readonly preAuthorized?: { readonly code: string; readonly txCode?: TxCode };
  readonly authorization?: { readonly issuerState?: string };
  readonly authorizationServer?: string;
}

/** Whether a text is an offer: a deep link, a link to a wallet, or the offer itself. */
export const looksLikeOffer = (handed: string): boolean =>
  /^(openid-credential-offer:|haip-vci:)/i.test(handed) || /[?&]credential_offer(_uri)?=/.test(handed) || /^\s*\{[^]*"credential_issuer"/.test(handed);

/** Reads what was scanned, pasted or followed. By reference, the offer is fetched. https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#section-4.1 */
export async function readOffer(world: World, handed: string): Promise<Offer> {
  const given = handed.trim();
  if (given.startsWith('{')) {
    return parseOffer(readObject(given, 'offer_malformed'));
  }
  let parameters: URLSearchParams;
  try {
    parameters = new URL(given).searchParams;
  } catch {
    throw new Refusal('offer_malformed', 'url');
  }
  const values = parameters.getAll('credential_offer');
  const references = parameters.getAll('credential_offer_uri');
  // "The Wallet MUST NOT process both": exactly one of the two.
  must(values.length + references.length === 1, 'offer_malformed', 'credential_offer');
  return parseOffer(values.length === 1
    ? readObject(values[0]!, 'offer_malformed')
    : await askObject(world, secureUrl(references[0]!, 'credential_offer_uri').href));
}

export function parseOffer(offer: JsonObject): Offer {
  const issuer = text(offer.credential_issuer, 'offer_malformed', 'credential_issuer');
  const url = secureUrl(issuer, 'credential_issuer');
  must(url.search === '' && url.hash === '', 'offer_malformed', 'credential_issuer');
  const configurations = texts(offer.credential_configuration_ids, 'offer_malformed', 'credential_configuration_ids');
  must(new Set(configurations).size === configurations.length, 'offer_malformed', 'credential_configuration_ids');
  const grants = offer.grants === undefined ? {} : object(offer.grants, 'offer_malformed', 'grants');
  const code = grants[preAuthorizedGrant] === undefined ? undefined : object(grants[preAuthorizedGrant], 'offer_malformed', preAuthorizedGrant);
  const page = grants.authorization_code === undefined ? undefined : object(grants.authorization_code, 'offer_malformed', 'authorization_code');
  // Without grants the wallet finds out from the metadata: the authorization page is what is left to a wallet without a code.
  must(code || page || Object.keys(grants).length === 0, 'unsupported', 'grants');
  return {
    issuer,
    configurations,
    ...(code && { preAuthorized: { code: text(code['pre-authorized_code'], 'offer_malformed', 'pre-authorized_code'), ...txCode(code) } }),
    ...((page || !code) && { authorization: { issuerState: optionalText(page?.issuer_state, 'offer_malformed', 'issuer_state') } }),
    authorizationServer: optionalText((code ?? page)?.authorization_server, 'offer_malformed', 'authorization_server'),
  } as Offer;
}

function txCode(grant: JsonObject): { txCode?: TxCode } {
  if (grant.tx_code === undefined) {
    // What drafts called user_pin_required, and some issuers still say.
    return grant.user_pin_required === true ? { txCode: { numeric: true } } : {};
  }
  const asked = object(grant.tx_code, 'offer_malformed', 'tx_code');
  const length = asked.length;
  must(length === undefined || (typeof length === 'number' && Number.isInteger(length) && length > 0 && length <= 64), 'offer_malformed', 'tx_code.length');
  const mode = optionalText(asked.input_mode, 'offer_malformed', 'tx_code.input_mode') ?? 'numeric';
  const description = optionalText(asked.description, 'offer_malformed', 'tx_code.description');
  return { txCode: { numeric: mode === 'numeric', ...(length !== undefined && { length }), ...(description !== undefined && { description: description.slice(0, 300) }) } };
}
