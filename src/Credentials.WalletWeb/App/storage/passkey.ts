import type { Bytes } from '../core/bytes.js';
import { must } from '../core/refusal.js';

/** A secret that only the learner's passkey yields, after the device has asked for finger, face or PIN. https://www.w3.org/TR/webauthn-3/#prf-extension */
export interface Passkey {
  readonly credential: Bytes;
  readonly salt: Bytes;
  readonly secret: Bytes;
}

interface PrfResults { readonly prf?: { readonly enabled?: boolean; readonly results?: { readonly first?: BufferSource } } }

/** Whether this browser has passkeys of its own at all; whether they can do it, only trying tells. */
export const passkeysPossible = async (): Promise<boolean> =>
  typeof PublicKeyCredential !== 'undefined' && await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();

/** Makes a passkey; null when the device has none that yields secrets. */
export async function makePasskey(name: string): Promise<Passkey | null> {
  const salt = crypto.getRandomValues(new Uint8Array(32));
  const created = await guarded(() => navigator.credentials.create({
    publicKey: {
      rp: { name },
      user: { id: crypto.getRandomValues(new Uint8Array(16)), name, displayName: name },
      challenge: crypto.getRandomValues(new Uint8Array(32)), // Nobody checks the signature: it is the secret that is wanted.
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }, { type: 'public-key', alg: -257 }],
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      extensions: { prf: { eval: { first: salt } } },
    },
  }));
  const results = created.getClientExtensionResults() as PrfResults;
  const credential = new Uint8Array(created.rawId);
  if (results.prf?.results?.first) {
    return { credential, salt, secret: bytesOf(results.prf.results.first) };
  }
  return results.prf?.enabled ? { credential, salt, secret: await usePasskey(credential, salt) } : null;
}

export async function usePasskey(credential: Bytes, salt: Bytes): Promise<Bytes> {
  const used = await guarded(() => navigator.credentials.get({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      allowCredentials: [{ type: 'public-key', id: credential }],
      userVerification: 'required',
      extensions: { prf: { eval: { first: salt } } },
    },
  }));
  const first = (used.getClientExtensionResults() as PrfResults).prf?.results?.first;
  must(first, 'passkey', 'prf');
  return bytesOf(first);
}

async function guarded(work: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  const credential = await work().catch(() => null);
  must(credential, 'passkey', 'webauthn');
  return credential as PublicKeyCredential;
}

const bytesOf = (source: BufferSource): Bytes => new Uint8Array(source instanceof ArrayBuffer ? source.slice(0) : source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength) as ArrayBuffer);
