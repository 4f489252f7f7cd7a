// A wallet made of @sphereon/oid4vci-client and @sphereon/did-auth-siop: nothing of it is shared with @openid4vc.
import {X509Certificate, createHash, randomUUID} from 'node:crypto';
import {OpenID4VCIClientV1_0_15 as Client} from '@sphereon/oid4vci-client';
import {OP, PassBy, SupportedVersion} from '@sphereon/did-auth-siop';
import {CompactEncrypt, importJWK, importX509, jwtVerify} from 'jose';
import {authorize} from './browser.mjs';
import {newKey, sign} from './keys.mjs';
import {present, viewOf} from './presenting.mjs';
import {matching} from './matching.mjs';

export async function accept({offer, txCode, format, binding = 'jwk', curve, collectionCode, clientId, redirectUri}) {
  const dpopKey = await newKey();
  const key = await newKey(curve);
  const client = await Client.fromURI({
    uri: offer, resolveOfferUri: true, retrieveServerMetadata: true, clientId, alg: key.alg, createAuthorizationRequestURL: false,
  });
  const metadata = await client.retrieveServerMetadata();
  const known = metadata.credentialIssuerMetadata.credential_configurations_supported;
  const credentialConfigurationId = client.getCredentialOfferConfigurationIds().find(id => known[id]?.format === format);
  const createDPoPOpts = {
    jwtIssuer: {alg: dpopKey.alg, jwk: dpopKey.jwk},
    jwtPayloadProps: {},
    createJwtCallback: async (_, {header, payload}) => sign(dpopKey, header, payload),
    dPoPSigningAlgValuesSupported: metadata.authorizationServerMetadata?.dpop_signing_alg_values_supported,
  };
  let code;
  if (collectionCode) {
    const url = await client.createAuthorizationRequestUrl({authorizationRequest: {redirectUri, clientId, scope: known[credentialConfigurationId].scope}});
    code = new URL(await authorize(url, collectionCode, redirectUri)).searchParams.get('code');
  }

  const token = await client.acquireAccessToken({pin: txCode ?? undefined, clientId, createDPoPOpts, ...(code && {code, redirectUri, authorizationResponse: {code}})});
  const response = await client.acquireCredentials({
    credentialConfigurationId, format, alg: key.alg, createDPoPOpts,
    ...(binding === 'jwk' ? {jwk: key.jwk} : {kid: binding === 'did:key' ? key.didKeyUrl : `${key.didJwk}#0`}),
    proofCallbacks: {signCallback: async ({header, payload}) => sign(key, header, payload)},
    deferredCredentialAwait: true, deferredCredentialIntervalInMS: 1000,
  });
  return {
    tokenType: token.token_type,
    credentials: response.credentials.map(({credential}) => ({format, credential, key: key.privateJwk})),
  };
}

async function verifyJwtCallback(verifier, {raw}) {
  const key = verifier.method === 'x5c'
    ? await importX509(new X509Certificate(Buffer.from(verifier.x5c[0], 'base64')).toString(), verifier.alg)
    : verifier.method === 'did' ? await importJWK(JSON.parse(Buffer.from(verifier.didUrl.split('#')[0].slice('did:jwk:'.length), 'base64url')), verifier.alg)
      : await importJWK(verifier.jwk, verifier.alg);
  await jwtVerify(raw, key);
  return true;
}

export async function show({request, credentials}) {
  const op = OP.builder()
    .withIssuer('https://self-issued.me/v2')
    .withHasher((data, alg) => createHash(alg.replace('-', '')).update(data).digest())
    .withCreateJwtCallback(async () => { throw new Error('nothing but presentations is signed here'); })
    .withVerifyJwtCallback(verifyJwtCallback)
    .withSupportedVersions([SupportedVersion.OID4VP_v1])
    .withExpiresIn(300)
    .withRegistration({passBy: PassBy.VALUE})
    .build();
  const verified = await op.verifyAuthorizationRequest(request, {correlationId: randomUUID()});
  const payload = verified.authorizationRequestPayload.dcql_query ? verified.authorizationRequestPayload : await verified.authorizationRequest.mergedPayloads();
  const dcqlPresentation = {};
  for (const {id, credential, paths} of await matching(verified.dcqlQuery ?? payload.dcql_query, credentials, viewOf)) {
    dcqlPresentation[id] = [await present(credential, {audience: payload.client_id, nonce: payload.nonce, paths})];
  }

  const response = await op.createAuthorizationResponse(verified, {dcqlResponse: {dcqlPresentation}});
  const answer = await op.submitAuthorizationResponse(response, async ({authorizationResponsePayload, clientMetadata}) => {
    const jwk = clientMetadata.jwks.keys.find(one => one.use !== 'sig');
    const enc = clientMetadata.encrypted_response_enc_values_supported?.[0] ?? 'A128GCM';
    return {
      response: await new CompactEncrypt(Buffer.from(JSON.stringify(authorizationResponsePayload)))
        .setProtectedHeader({alg: jwk.alg, enc, ...(jwk.kid && {kid: jwk.kid})}).encrypt(await importJWK(jwk, jwk.alg)),
    };
  });
  return {status: answer.status, answer: await answer.text(), encrypted: payload.response_mode?.endsWith('.jwt')};
}
