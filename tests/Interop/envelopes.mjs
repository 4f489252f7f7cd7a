// usage: node envelopes.mjs < TASKS
// Other people's JOSE, SD-JWT and COSE. TASKS is a JSON array of {"do": name, ...}; prints an array of answers, {"error"} where one failed.
import {createHash, randomBytes} from 'node:crypto';
import {text} from 'node:stream/consumers';
import {ProtectedHeaders, Sign1} from '@auth0/cose';
import {SDJwtInstance} from '@sd-jwt/core';
import {createHeaderAndPayload, getListFromStatusListJWT, StatusList} from '@sd-jwt/jwt-status-list';
import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';
import {CompactSign, compactVerify, importJWK} from 'jose';

const ALG = {'P-256': 'ES256', 'P-384': 'ES384', Ed25519: 'EdDSA'};
const COSE_ALG = {'P-256': -7, 'P-384': -35, Ed25519: -8};
const COSE_TYPE = 16;

const keyOf = jwk => importJWK(jwk, ALG[jwk.crv]);

// A signature alone, by jose: the SD-JWT library brings none.
const signerOf = jwk => async data => (await new CompactSign(Buffer.from(data.split('.')[1], 'base64url'))
  .setProtectedHeader(JSON.parse(Buffer.from(data.split('.')[0], 'base64url')))
  .sign(await keyOf(jwk))).split('.')[2];

const verifierOf = jwk => async (data, signature) => {
  await compactVerify(`${data}.${signature}`, await keyOf(jwk));
  return true;
};

const settings = ({key, issuer, holder}) => ({
  hasher: (data, alg) => createHash(alg.replace('-', '')).update(typeof data === 'string' ? data : Buffer.from(data)).digest(),
  hashAlg: 'sha-256',
  saltGenerator: length => randomBytes(length).toString('base64url'),
  signer: key && signerOf(key), signAlg: key && ALG[key.crv],
  kbSigner: holder && signerOf(holder), kbSignAlg: holder && ALG[holder.crv],
  verifier: issuer && verifierOf(issuer),
  kbVerifier: (data, signature, payload) => verifierOf(payload.cnf.jwk)(data, signature),
});

const sdJwt = keys => new SDJwtInstance({omitTyp: true, ...settings(keys)});

// Its status list comes from the task, and is verified with the issuer's key; any status but 0 is refused.
const sdJwtVc = ({list, ...keys}) => new SDJwtVcInstance({...settings(keys), statusListFetcher: async () => list});

const tasks = {
  'sign jws': async ({key, header, payload}) => new CompactSign(Buffer.from(payload)).setProtectedHeader({alg: ALG[key.crv], ...header}).sign(await keyOf(key)),

  'verify jws': async ({secured, key}) => {
    const {protectedHeader, payload} = await compactVerify(secured, await keyOf(key));
    return {header: protectedHeader, payload: Buffer.from(payload).toString()};
  },

  'issue sd-jwt': async ({key, header, payload, frame}) => sdJwt({key}).issue(payload, frame, {header}),

  'present sd-jwt': async ({secured, frame, holder, binding}) => sdJwt({holder}).present(secured, frame, binding && {kb: {payload: binding}}),

  'verify sd-jwt': async ({secured, issuer, nonce, now}) => {
    const {header, payload, kb} = await sdJwt({issuer}).verify(secured, {currentDate: now, keyBindingNonce: nonce});
    return {header, payload, kb};
  },

  'issue sd-jwt vc': async ({key, header, payload, frame}) => sdJwtVc({key}).issue(payload, frame, {header}),

  'verify sd-jwt vc': async ({secured, issuer, list, nonce, now}) => {
    const {header, payload, kb} = await sdJwtVc({issuer, list}).verify(secured, {currentDate: now, keyBindingNonce: nonce});
    return {header, payload, kb};
  },

  'sign status list': async ({key, statuses, bits, payload}) => {
    const token = createHeaderAndPayload(new StatusList(statuses, bits), payload, {alg: ALG[key.crv], typ: 'statuslist+jwt', kid: 'did:web:uni.example#k'});
    return new CompactSign(Buffer.from(JSON.stringify(token.payload))).setProtectedHeader(token.header).sign(await keyOf(key));
  },

  'read status list': async ({secured, indices}) => {
    const list = getListFromStatusListJWT(secured);
    return indices.map(index => list.getStatus(index));
  },

  'sign cose': async ({key, type, payload}) => Buffer.from((await Sign1.sign(
    ProtectedHeaders.wrap([[1, COSE_ALG[key.crv]], [COSE_TYPE, type]]), undefined, Buffer.from(payload), await keyOf(key))).encode()).toString('base64'),

  'verify cose': async ({secured, key}) => {
    const sign1 = Sign1.decode(Buffer.from(secured, 'base64'));
    await sign1.verify(await keyOf(key));
    return {payload: Buffer.from(sign1.payload).toString()};
  },
};

const answers = [];
for (const task of JSON.parse(await text(process.stdin))) {
  try {
    answers.push({answer: await tasks[task.do](task)});
  } catch (error) {
    answers.push({error: `${error.name}: ${error.message}`});
  }
}

console.log(JSON.stringify(answers));
