import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importPKCS8, SignJWT, type JWK } from 'jose';
import { base64url, utf8 } from 'app/core/bytes.js';
import type { World } from 'app/core/http.js';
import type { JsonObject } from 'app/core/json.js';
import { json, now } from './fakeIssuer.js';

export const responseUri = 'https://verifier.example/presentations/1/response';

export const levelQuery: JsonObject = {
  credentials: [{ id: 'diploma', format: 'dc+sd-jwt', meta: { vct_values: ['urn:credentials:diploma:v1'] }, claims: [{ path: ['eqf_level'], values: [7, 8] }] }],
};

/** A verifier that signs as a did:jwk; tests spoil what it sends. */
export class FakeVerifier {
  readonly answers: URLSearchParams[] = [];
  keys!: CryptoKeyPair;
  jwk!: JWK;
  header: JsonObject = {};
  payload: JsonObject = {};
  reply: () => Response = () => json({});
  wallet: URLSearchParams | undefined;

  static async create(query: JsonObject = levelQuery): Promise<FakeVerifier> {
    const verifier = new FakeVerifier();
    verifier.keys = await generateKeyPair('ES256', { extractable: true }) as CryptoKeyPair;
    verifier.jwk = await exportJWK(verifier.keys.publicKey);
    const did = `did:jwk:${base64url(utf8(JSON.stringify(verifier.jwk)))}`;
    verifier.header = { typ: 'oauth-authz-req+jwt', kid: `${did}#0` };
    verifier.payload = {
      client_id: `decentralized_identifier:${did}`, response_type: 'vp_token', response_mode: 'direct_post', response_uri: responseUri,
      nonce: 'n-1', state: 's-1', aud: 'https://self-issued.me/v2', dcql_query: query, client_metadata: { client_name: 'Employer' },
    };
    return verifier;
  }

  get clientId(): string {
    return String(this.payload.client_id);
  }

  link(more: Record<string, string> = {}): string {
    return `openid4vp://?${new URLSearchParams({ client_id: this.clientId, request_uri: 'https://verifier.example/presentations/1/request', ...more }).toString()}`;
  }

  async requestObject(key: CryptoKey = this.keys.privateKey): Promise<string> {
    return await new SignJWT({ ...this.payload, ...(this.wallet?.get('wallet_nonce') && { wallet_nonce: this.wallet.get('wallet_nonce') }) }).setProtectedHeader({ alg: 'ES256', ...this.header }).sign(key);
  }

  readonly world: World = {
    now: () => now,
    fetch: async (url, init) => {
      if (url === responseUri) {
        this.answers.push(new URLSearchParams(String(init.body)));
        return this.reply();
      }
      if (!url.endsWith('/request')) {
        return new Response('', { status: 404 });
      }
      this.wallet = init.method === 'POST' ? new URLSearchParams(String(init.body)) : undefined;
      return new Response(await this.requestObject(), { headers: { 'content-type': 'application/oauth-authz-req+jwt' } });
    },
  };

  /** Asks in plain text, without a signature. */
  unsigned(more: Record<string, string> = {}): string {
    const { client_metadata: metadata, dcql_query: query, ...rest } = this.payload;
    return `openid4vp://?${new URLSearchParams({
      ...rest as Record<string, string>, client_id: `redirect_uri:${responseUri}`, dcql_query: JSON.stringify(query), client_metadata: JSON.stringify(metadata), ...more,
    }).toString()}`;
  }
}

/** A leaf for that name and the authority that signed it, made by openssl; null where there is none. */
export async function certificates(name: string): Promise<{ leaf: string; authority: string; key: CryptoKey } | null> {
  const folder = mkdtempSync(join(tmpdir(), 'wallet-'));
  const at = (file: string): string => join(folder, file);
  const openssl = (...parts: string[]): void => { execFileSync('openssl', parts, { stdio: 'pipe' }); };
  try {
    writeFileSync(at('leaf.ext'), `subjectAltName=DNS:${name}\nbasicConstraints=CA:FALSE\nauthorityKeyIdentifier=keyid\n`);
    openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=Authority', '-days', '3650');
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('leaf.key'), '-out', at('leaf.csr'), '-subj', '/CN=Leaf');
    openssl('x509', '-req', '-in', at('leaf.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-out', at('leaf.pem'), '-days', '3000', '-extfile', at('leaf.ext'));
  } catch (fault) {
    if ((fault as { code?: string }).code === 'ENOENT') {
      return null;
    }
    throw fault;
  }
  const der = (file: string): string => readFileSync(at(file), 'utf8').replaceAll(/-----[^-]+-----|\s/g, '');
  return { leaf: der('leaf.pem'), authority: der('ca.pem'), key: await importPKCS8(readFileSync(at('leaf.key'), 'utf8'), 'ES256') };
}
