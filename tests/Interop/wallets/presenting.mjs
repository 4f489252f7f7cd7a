// What a wallet hands over, in each format, by other people's libraries.
import {randomBytes, createHash} from 'node:crypto';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as ecdsaRdfc2019} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsaRdfc2022} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {SDJwtInstance} from '@sd-jwt/core';
import {decodeJwt} from 'jose';
import {loaderOf} from '../loader.mjs';
import {keyOf, proofSigner, sign} from './keys.mjs';

const BASE_TYPE = 'https://www.w3.org/2018/credentials#VerifiableCredential';

const hasher = (data, alg) => createHash(alg.replace('-', '')).update(typeof data === 'string' ? data : Buffer.from(data)).digest();

const sdJwt = key => new SDJwtInstance({
  omitTyp: true, hasher, hashAlg: 'sha-256', saltGenerator: length => randomBytes(length).toString('base64url'),
  kbSignAlg: key.alg,
  kbSigner: async data => {
    const [header, payload] = data.split('.').map(part => JSON.parse(Buffer.from(part, 'base64url')));
    return (await sign(key, header, payload)).split('.')[2];
  },
});

/** The credential as the query language sees it. */
export async function viewOf({format, credential, key}) {
  if (format === 'dc+sd-jwt') {
    const claims = await sdJwt(await keyOf(key)).getClaims(credential);
    return {credential_format: format, vct: claims.vct, claims, cryptographic_holder_binding: true};
  }

  const claims = format === 'ldp_vc' ? credential : decodeJwt(credential).vc ?? decodeJwt(credential);
  // Queries name types as the contexts expand them; the dcql library compares texts.
  return {credential_format: format, type: [...claims.type, BASE_TYPE], claims, cryptographic_holder_binding: true};
}

/** One presentation, for one verifier and one nonce, of the claims at the paths alone. */
export async function present({format, credential, key: jwk}, {audience, nonce, paths}) {
  const key = await keyOf(jwk);
  switch (format) {
    case 'dc+sd-jwt':
      return sdJwt(key).present(credential, frameOf(paths), {kb: {payload: {aud: audience, nonce, iat: Math.floor(Date.now() / 1000)}}});
    case 'ldp_vc':
      return presentLinkedData(credential, key, audience, nonce);
    case 'jwt_vc_json':
      return presentJwt(credential, key, audience, nonce);
    default:
      throw new Error(`no such format: ${format}`);
  }
}

const frameOf = paths => Object.fromEntries(paths.map(path => [path[0], true]));

// The key is bound under one DID or the other; the presentation is signed under the same. (A JWK has many spellings, and with them many did:jwk.)
function holderOf(claims, key) {
  const id = claims.credentialSubject?.id;
  const isOurs = id?.startsWith('did:jwk:') && JSON.parse(Buffer.from(id.slice('did:jwk:'.length), 'base64url')).x === key.jwk.x;
  return isOurs ? {id, method: `${id}#0`} : {id: key.didKey, method: key.didKeyUrl};
}

async function presentLinkedData(credential, key, audience, nonce) {
  const holder = holderOf(credential, key);
  const suite = new DataIntegrityProof({signer: {...await proofSigner(key), id: holder.method}, cryptosuite: key.alg === 'EdDSA' ? eddsaRdfc2022 : ecdsaRdfc2019});
  const presentation = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    holder: holder.id,
    verifiableCredential: [credential],
  };
  return vc.signPresentation({presentation, suite, challenge: nonce, domain: audience, documentLoader: loaderOf([])});
}

async function presentJwt(credential, key, audience, nonce) {
  const holder = holderOf({credentialSubject: {id: decodeJwt(credential).sub}}, key);
  const now = Math.floor(Date.now() / 1000);
  return sign(key, {typ: 'JWT', kid: holder.method}, {
    iss: holder.id, aud: audience, nonce, iat: now, nbf: now, exp: now + 300,
    vp: {'@context': ['https://www.w3.org/2018/credentials/v1'], type: ['VerifiablePresentation'], holder: holder.id, verifiableCredential: [credential]},
  });
}
