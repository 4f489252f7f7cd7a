import { base64url, equal, fromBase64, type Bytes } from '../core/bytes.js';
import { must, type RefusalCode } from '../core/refusal.js';
import { elements, oid, only, time, type Element } from './der.js';

const code: RefusalCode = 'certificate';

/** What a wallet must know of a certificate. https://www.rfc-editor.org/rfc/rfc5280 */
export interface Certificate {
  readonly der: Bytes;
  readonly signed: Bytes;
  readonly algorithm: string;
  readonly signature: Bytes;
  readonly issuer: Bytes;
  readonly subject: Bytes;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: Bytes;
  readonly names: readonly string[];
  readonly authority: boolean;
  readonly authorityKeyId: string | null;
}

export function readCertificate(der: Bytes): Certificate {
  const [body, algorithm, signature, ...rest] = elements(only(der, 0x30).content);
  must(body && algorithm && signature && rest.length === 0 && body.tag === 0x30 && signature.tag === 0x03, code, 'der');
  const fields = elements(body.content);
  // version [0] is there in every certificate that has extensions.
  const [, , issuer, validity, subject, key] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  must(issuer && validity && subject && key, code, 'der');
  const [from, until] = elements(validity.content);
  must(from && until, code, 'der');
  const extensions = extensionsOf(fields);
  return {
    der, signed: body.whole, issuer: issuer.whole, subject: subject.whole, publicKey: key.whole,
    algorithm: oid(elements(algorithm.content)[0]!.content),
    signature: signature.content.slice(1),
    notBefore: time(from), notAfter: time(until),
    names: namesOf(extensions.get('2.5.29.17')),
    authority: authorityOf(extensions.get('2.5.29.19')),
    authorityKeyId: keyIdOf(extensions.get('2.5.29.35')),
  };
}

/** base64url of the AuthorityKeyIdentifier's keyIdentifier; null when there is none, or no certificate. */
export function authorityKeyId(der: Bytes): string | null {
  try {
    return readCertificate(der).authorityKeyId;
  } catch {
    return null;
  }
}

/** The chain of an `x5c` header, the leaf first: each signed by the next, all valid now. Who stands at its end is not known to a browser; callers tie the leaf to something that the learner can see. */
export async function readChain(x5c: unknown, now: number): Promise<Certificate[]> {
  must(Array.isArray(x5c) && x5c.length > 0 && x5c.length <= 8 && x5c.every(item => typeof item === 'string'), code, 'x5c');
  const chain = x5c.map(item => readCertificate(fromBase64(item as string, code, 'x5c')));
  for (const [at, certificate] of chain.entries()) {
    must(certificate.notBefore <= now && now < certificate.notAfter, code, 'validity');
    const issuer = chain[at + 1];
    if (issuer) {
      must(issuer.authority && equal(certificate.issuer, issuer.subject), code, 'chain');
      must(await signedBy(certificate, issuer), code, 'chain');
    }
  }
  return chain;
}

function extensionsOf(fields: readonly Element[]): Map<string, Bytes> {
  const tagged = fields.find(field => field.tag === 0xa3);
  const list = tagged ? elements(only(tagged.content, 0x30).content) : [];
  return new Map(list.map(extension => {
    const parts = elements(extension.content);
    return [oid(parts[0]!.content), parts.at(-1)!.content];
  }));
}

const namesOf = (extension: Bytes | undefined): string[] => extension
  ? elements(only(extension, 0x30).content).filter(name => name.tag === 0x82).map(name => new TextDecoder().decode(name.content).toLowerCase())
  : [];

function authorityOf(extension: Bytes | undefined): boolean {
  const first = extension && elements(only(extension, 0x30).content)[0];
  return first?.tag === 0x01 && first.content[0] === 0xff;
}

function keyIdOf(extension: Bytes | undefined): string | null {
  const id = extension && elements(only(extension, 0x30).content).find(part => part.tag === 0x80);
  return id ? base64url(id.content) : null;
}

const hashes: Record<string, string> = { '1.2.840.10045.4.3.2': 'SHA-256', '1.2.840.10045.4.3.3': 'SHA-384', '1.2.840.113549.1.1.11': 'SHA-256', '1.2.840.113549.1.1.12': 'SHA-384' };

async function signedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  const hash = hashes[certificate.algorithm];
  must(hash, code, 'algorithm');
  if (certificate.algorithm.startsWith('1.2.840.113549')) {
    const key = await crypto.subtle.importKey('spki', issuer.publicKey, { name: 'RSASSA-PKCS1-v1_5', hash }, false, ['verify']);
    return await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, certificate.signature, certificate.signed);
  }
  const { key, size } = await ecKey(issuer);
  return await crypto.subtle.verify({ name: 'ECDSA', hash }, key, raw(certificate.signature, size), certificate.signed);
}

async function ecKey(certificate: Certificate): Promise<{ key: CryptoKey; size: number }> {
  for (const [namedCurve, size] of [['P-256', 32], ['P-384', 48]] as const) {
    try {
      return { key: await crypto.subtle.importKey('spki', certificate.publicKey, { name: 'ECDSA', namedCurve }, true, ['verify']), size };
    } catch {
      // The other curve.
    }
  }
  must(false, code, 'key');
}

/** The key of a certificate as a JWK: of the curves by which requests are signed. */
export const jwkOf = async (certificate: Certificate): Promise<JsonWebKey> => await crypto.subtle.exportKey('jwk', (await ecKey(certificate)).key);

// Certificates write r and s as DER integers, WebCrypto wants them at fixed width.
function raw(signature: Bytes, size: number): Bytes {
  const bytes = new Uint8Array(size * 2);
  for (const [at, integer] of elements(only(signature, 0x30).content).entries()) {
    const value = integer.content[0] === 0 ? integer.content.slice(1) : integer.content;
    must(at < 2 && value.length <= size, code, 'signature');
    bytes.set(value, size * (at + 1) - value.length);
  }
  return bytes;
}
