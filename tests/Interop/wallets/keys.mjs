// Keys of a learner and what is signed with them, by jose.
import {createHash} from 'node:crypto';
import {SignJWT, exportJWK, generateKeyPair, importJWK} from 'jose';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';

const ALG = {'P-256': 'ES256', 'P-384': 'ES384', Ed25519: 'EdDSA'};

export const sha256 = data => createHash('sha256').update(data).digest();

/** A fresh key, with the names that a wallet may give it. */
export async function newKey(curve = 'P-256') {
  const {publicKey, privateKey} = await generateKeyPair(ALG[curve], {crv: curve, extractable: true});
  return keyOf(await exportJWK(privateKey), await exportJWK(publicKey));
}

export async function keyOf(privateJwk, publicJwk) {
  const {d: _, ...rest} = privateJwk;
  const jwk = publicJwk ?? rest;
  const alg = ALG[jwk.crv];
  const didJwk = `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`;
  const didKey = `did:key:${(await multikeyOf(privateJwk)).publicKeyMultibase}`;
  return {jwk, privateJwk, alg, didJwk, didKey, didKeyUrl: `${didKey}#${didKey.slice(8)}`};
}

export async function sign(key, header, payload) {
  return new SignJWT(payload).setProtectedHeader({...header, alg: key.alg}).sign(await importJWK(key.privateJwk, key.alg));
}

/** A signer for Data Integrity proofs. */
export async function proofSigner(key) {
  const multikey = await multikeyOf(key.privateJwk);
  return {...multikey.signer(), id: key.didKeyUrl};
}

/** Under which DID a did-bound credential has its holder: the one that the proof named. */
export const signerOf = (key, binding) => ({
  jwk: {method: 'jwk', alg: key.alg, publicJwk: key.jwk},
  'did:key': {method: 'did', alg: key.alg, didUrl: key.didKeyUrl},
  'did:jwk': {method: 'did', alg: key.alg, didUrl: `${key.didJwk}#0`},
})[binding];

async function multikeyOf(jwk) {
  const library = jwk.crv === 'Ed25519' ? Ed25519Multikey : EcdsaMultikey;
  const multikey = await library.fromJwk({jwk: {...jwk, alg: ALG[jwk.crv]}, secretKey: true});
  const {publicKeyMultibase} = await multikey.export({publicKey: true});
  return {publicKeyMultibase, signer: () => multikey.signer()};
}
