import { compactDecrypt, CompactEncrypt, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { fromUtf8, utf8, type Bytes } from '../core/bytes.js';
import { isObject, readObject, type JsonObject } from '../core/json.js';
import { must, type RefusalCode } from '../core/refusal.js';

const algorithm = 'ECDH-ES';
const contents = ['A128GCM', 'A256GCM'];

/** Picks the key to which a message is encrypted: "the alg parameter MUST be present"; a key for signing is none. */
export function encryptionKey(keys: unknown, code: RefusalCode): JWK {
  const found = isObject(keys) && Array.isArray(keys.keys) ? keys.keys.filter(isObject)
    .find(key => key.alg === algorithm && (key.use === undefined || key.use === 'enc') && (key.crv === 'P-256' || key.crv === 'X25519') && key.d === undefined) : undefined;
  must(found, code, 'jwks');
  return found as JWK;
}

/** The first content encryption that both know; `supported` absent means A128GCM. */
export function contentEncryption(supported: unknown, code: RefusalCode): string {
  const found = contents.find(content => supported === undefined ? content === 'A128GCM' : Array.isArray(supported) && supported.includes(content));
  must(found, code, 'enc');
  return found;
}

/** A compact JWE to that key; "if the selected public key contains a kid, the JWE MUST include the same value". */
export async function encrypt(message: JsonObject, jwk: JWK, enc: string): Promise<string> {
  return await new CompactEncrypt(utf8(JSON.stringify(message)))
    .setProtectedHeader({ alg: algorithm, enc, ...(jwk.kid !== undefined && { kid: jwk.kid }) })
    .encrypt(await importJWK(jwk, algorithm) as CryptoKey);
}

/** A key for one answer: what is encrypted to it, nobody else reads. */
export interface AnswerKey {
  readonly jwk: JWK;
  readonly enc: string;
  readonly privateKey: CryptoKey;
}

export async function answerKey(enc: string): Promise<AnswerKey> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { crv: 'P-256' });
  return { jwk: { ...await exportJWK(publicKey), alg: algorithm, use: 'enc', kid: 'answer' }, enc, privateKey };
}

export async function decrypt(text: string, key: AnswerKey): Promise<JsonObject> {
  try {
    const { plaintext } = await compactDecrypt(text.trim(), key.privateKey, { keyManagementAlgorithms: [algorithm], contentEncryptionAlgorithms: [key.enc] });
    return readObject(fromUtf8(plaintext as Bytes));
  } catch {
    must(false, 'encryption', 'credential_response');
  }
}
