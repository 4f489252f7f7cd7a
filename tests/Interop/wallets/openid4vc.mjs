// A wallet made of @openid4vc/{oauth2,openid4vci,openid4vp} and dcql.
import {X509Certificate, randomBytes} from 'node:crypto';
import {calculateJwkThumbprint, clientAuthenticationAnonymous, clientAuthenticationNone, setGlobalConfig} from '@openid4vc/oauth2';
import {Openid4vciClient} from '@openid4vc/openid4vci';
import {Openid4vpClient} from '@openid4vc/openid4vp';
import {CompactEncrypt, importJWK, importX509, jwtVerify} from 'jose';
import {authorize} from './browser.mjs';
import {newKey, sha256, sign, signerOf} from './keys.mjs';
import {matching} from './matching.mjs';
import {present, viewOf} from './presenting.mjs';

// The hosts under test are on this machine, over http.
setGlobalConfig({allowInsecureUrls: true});

const hash = data => sha256(data);

function callbacksOf(keys, clientId) {
  return {
    fetch: globalThis.fetch,
    hash,
    generateRandom: length => randomBytes(length),
    clientAuthentication: clientId ? clientAuthenticationNone({clientId}) : clientAuthenticationAnonymous(),
    signJwt: async (signer, {header, payload}) => {
      const key = await find(keys, signer);
      return {jwt: await sign(key, header, payload), signerJwk: key.jwk};
    },
    verifyJwt: async (signer, {compact}) => {
      const {jwk, key} = await keyOfSigner(signer);
      try {
        await jwtVerify(compact, key);
        return {verified: true, signerJwk: jwk};
      } catch (error) {
        return {verified: false, signerJwk: jwk, error};
      }
    },
    decryptJwe: async () => ({decrypted: false}),
    encryptJwe: async ({publicJwk, enc, alg, apu, apv}, data) => {
      const header = {alg, enc, ...(publicJwk.kid && {kid: publicJwk.kid})};
      const jwe = new CompactEncrypt(Buffer.from(data)).setProtectedHeader(header);
      if (apu || apv) {
        jwe.setKeyManagementParameters({apu: apu && Buffer.from(apu, 'base64url'), apv: apv && Buffer.from(apv, 'base64url')});
      }

      return {encryptionJwk: publicJwk, jwe: await jwe.encrypt(await importJWK(publicJwk, alg))};
    },
    getX509CertificateMetadata: certificate => {
      const names = (new X509Certificate(Buffer.from(certificate, 'base64')).subjectAltName ?? '').split(', ');
      const named = prefix => names.filter(name => name.startsWith(prefix)).map(name => name.slice(prefix.length));
      return {sanDnsNames: named('DNS:'), sanUriNames: named('URI:')};
    },
  };
}

async function find(keys, signer) {
  if (signer.method === 'did') {
    return keys.find(key => signer.didUrl === key.didKeyUrl || signer.didUrl === `${key.didJwk}#0`);
  }

  const thumbprint = await calculateJwkThumbprint({hashAlgorithm: 'sha-256', hashCallback: hash, jwk: signer.publicJwk});
  for (const key of keys) {
    if (await calculateJwkThumbprint({hashAlgorithm: 'sha-256', hashCallback: hash, jwk: key.jwk}) === thumbprint) {
      return key;
    }
  }

  throw new Error('a key was asked for that the wallet does not have');
}

async function keyOfSigner(signer) {
  switch (signer.method) {
    case 'did': {
      const did = signer.didUrl.split('#')[0];
      const jwk = did.startsWith('did:jwk:') ? JSON.parse(Buffer.from(did.slice(8), 'base64url')) : await didWebKey(signer.didUrl);
      return {jwk, key: await importJWK(jwk, signer.alg)};
    }
    case 'x5c': {
      const pem = new X509Certificate(Buffer.from(signer.x5c[0], 'base64'));
      return {jwk: pem.publicKey.export({format: 'jwk'}), key: await importX509(pem.toString(), signer.alg)};
    }
    default:
      return {jwk: signer.publicJwk, key: await importJWK(signer.publicJwk, signer.alg)};
  }
}

async function didWebKey(didUrl) {
  const [host, ...path] = didUrl.split('#')[0].slice('did:web:'.length).split(':').map(decodeURIComponent);
  const scheme = host.startsWith('localhost') ? 'http' : 'https';
  const document = await (await fetch(`${scheme}://${host}/${path.length ? path.join('/') : '.well-known'}/did.json`)).json();
  return document.verificationMethod.find(method => method.id === didUrl).publicKeyJwk;
}

export async function accept({offer, txCode, format, binding = 'jwk', curve, batch = 1, collectionCode, clientId, redirectUri, pushed}) {
  const dpopKey = await newKey();
  const holders = await Promise.all(Array.from({length: batch}, () => newKey(curve)));
  const callbacks = callbacksOf([dpopKey, ...holders], clientId);
  const client = new Openid4vciClient({callbacks});
  const credentialOffer = await client.resolveCredentialOffer(offer);
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
  const known = issuerMetadata.credentialIssuer.credential_configurations_supported;
  const credentialConfigurationId = credentialOffer.credential_configuration_ids.find(id => known[id]?.format === format);
  let dpop = {signer: {method: 'jwk', alg: dpopKey.alg, publicJwk: dpopKey.jwk}};
  const token = collectionCode
    ? await withCode(client, {credentialOffer, issuerMetadata, callbacks, collectionCode, clientId, redirectUri, dpop, pushed, scope: known[credentialConfigurationId].scope})
    : await client.retrievePreAuthorizedCodeAccessTokenFromOffer({credentialOffer, issuerMetadata, txCode: txCode ?? undefined, dpop});
  dpop = token.dpop ?? dpop;
  const accessToken = token.accessTokenResponse.access_token;
  const {c_nonce: nonce} = await client.requestNonce({issuerMetadata});
  const jwt = await Promise.all(holders.map(async key =>
    (await client.createCredentialRequestJwtProof({issuerMetadata, credentialConfigurationId, nonce, signer: signerOf(key, binding), issuedAt: new Date(), clientId})).jwt));
  const {credentialResponse} = await client.retrieveCredentials({issuerMetadata, accessToken, credentialConfigurationId, proofs: {jwt}, dpop});
  const response = credentialResponse.transaction_id ? await deferred(client, {issuerMetadata, accessToken, dpop}, credentialResponse) : credentialResponse;
  if (response.notification_id) {
    await client.sendNotification({issuerMetadata, accessToken, dpop, notification: {notificationId: response.notification_id, event: 'credential_accepted'}});
  }

  return {
    draft: issuerMetadata.originalDraftVersion,
    tokenType: token.accessTokenResponse.token_type,
    notified: Boolean(response.notification_id),
    credentials: response.credentials.map(({credential}, index) => ({format, credential, key: holders[index].privateJwk})),
  };
}

async function withCode(client, {credentialOffer, issuerMetadata, collectionCode, clientId, redirectUri, dpop, scope}) {
  const started = await client.initiateAuthorization({clientId, redirectUri, credentialOffer, issuerMetadata, scope, dpop, pkceCodeVerifier: randomBytes(32).toString('base64url')});
  const back = await authorize(started.authorizationRequestUrl, collectionCode, redirectUri);
  const authorizationServerMetadata = issuerMetadata.authorizationServers[0];
  const {code} = client.parseAndVerifyAuthorizationResponseRedirectUrl({url: back, authorizationServerMetadata});
  return client.retrieveAuthorizationCodeAccessTokenFromOffer({credentialOffer, issuerMetadata, authorizationCode: code, pkceCodeVerifier: started.pkce?.codeVerifier, redirectUri, dpop});
}

async function deferred(client, session, {transaction_id: transactionId, interval}) {
  for (let tries = 0; tries < 60; tries++) {
    await new Promise(resolve => setTimeout(resolve, Math.min(interval ?? 1, 5) * 1000));
    const {deferredCredentialResponse} = await client.retrieveDeferredCredentials({...session, transactionId});
    if (deferredCredentialResponse.credentials) {
      return deferredCredentialResponse;
    }
  }

  throw new Error('the deferred credential never came');
}

export async function show({request, credentials}) {
  const client = new Openid4vpClient({callbacks: callbacksOf([])});
  const {params: parsed} = client.parseOpenid4vpAuthorizationRequest({authorizationRequest: request});
  const resolved = await client.resolveOpenId4vpAuthorizationRequest({
    authorizationRequestPayload: parsed,
    // By POST it sends the members of its metadata as parameters, and never a wallet_nonce: none can be expected back.
    wallet: {metadata: {
      vp_formats_supported: {'dc+sd-jwt': {'sd-jwt_alg_values': ['ES256'], 'kb-jwt_alg_values': ['ES256']}, ldp_vc: {proof_type_values: ['DataIntegrityProof']}, jwt_vc_json: {alg_values: ['ES256']}},
      client_id_prefixes_supported: ['redirect_uri', 'decentralized_identifier', 'x509_san_dns', 'x509_hash'],
      request_object_signing_alg_values_supported: ['ES256'],
    }},
  });
  const {authorizationRequestPayload, dcql} = resolved;
  const vp_token = {};
  for (const {id, credential, paths} of await matching(dcql.query, credentials, viewOf)) {
    vp_token[id] = [await present(credential, {audience: authorizationRequestPayload.client_id, nonce: authorizationRequestPayload.nonce, paths})];
  }

  const encrypted = authorizationRequestPayload.response_mode.endsWith('.jwt');
  const {authorizationResponsePayload, jarm} = await client.createOpenid4vpAuthorizationResponse({
    authorizationRequestPayload,
    authorizationResponsePayload: {vp_token},
    jarm: encrypted ? {
      encryption: {nonce: randomBytes(16).toString('base64url')},
      serverMetadata: {authorization_signing_alg_values_supported: [], authorization_encryption_alg_values_supported: ['ECDH-ES'], authorization_encryption_enc_values_supported: ['A256GCM', 'A128GCM']},
    } : undefined,
  });
  const {response} = await client.submitOpenid4vpAuthorizationResponse({authorizationRequestPayload, authorizationResponsePayload, jarm});
  return {status: response.status, answer: await response.text(), version: resolved.version, prefix: resolved.client.prefix, encrypted};
}
