import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, type JWK } from 'jose';
import { base64url, random, sha256, utf8, type Bytes } from 'app/core/bytes.js';
import type { World } from 'app/core/http.js';
import { isObject, type Json, type JsonObject } from 'app/core/json.js';

export const issuerId = 'https://issuer.example/institutions/modelo';
export const now = Date.UTC(2026, 10, 22, 12);

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

type Handler = (body: string, request: { headers: Headers; method: string }) => Response | Promise<Response>;

/** An issuer with behaviour: codes are good once, nonces are its own, tokens are bound to keys. What a test wants to go wrong it replaces. */
export class FakeIssuer {
  readonly routes = new Map<string, Handler>();
  readonly asked: string[] = [];
  readonly notified: string[] = [];
  readonly claims: Record<string, Json> = { eqf_level: 7, degree_name: 'Master of Nursing', name: 'Ana Souza', institution_name: 'Universidade Modelo', award_date: '2026-07-01' };
  keys!: CryptoKeyPair;
  encryption!: CryptoKeyPair;
  nonce = 'nonce-1';
  code = 'code-1';
  txCode: string | undefined;
  dpopNonce: string | undefined;
  deferred = 0;
  metadata: JsonObject = {};
  server: JsonObject = {};
  cnf: (jwk: JWK) => unknown = jwk => jwk;
  payload: (payload: JsonObject) => JsonObject = payload => payload;

  static async create(): Promise<FakeIssuer> {
    const issuer = new FakeIssuer();
    issuer.keys = await generateKeyPair('ES256', { extractable: true }) as CryptoKeyPair;
    issuer.encryption = await generateKeyPair('ECDH-ES', { extractable: true }) as CryptoKeyPair;
    const end = `${issuerId}/openid`;
    const encryptionJwk = { ...await exportJWK(issuer.encryption.publicKey), alg: 'ECDH-ES', use: 'enc', kid: 'e1' };
    issuer.metadata = {
      credential_issuer: issuerId, credential_endpoint: `${end}/credential`, nonce_endpoint: `${end}/nonce`, deferred_credential_endpoint: `${end}/deferred`, notification_endpoint: `${end}/notification`,
      display: [{ name: 'Universidade Modelo', locale: 'pt' }, { name: 'Model University', locale: 'en' }],
      credential_request_encryption: { jwks: { keys: [encryptionJwk as JsonObject] }, enc_values_supported: ['A128GCM'], encryption_required: false },
      credential_response_encryption: { alg_values_supported: ['ECDH-ES'], enc_values_supported: ['A128GCM'], encryption_required: false },
      credential_configurations_supported: {
        'diploma-sd-jwt': {
          format: 'dc+sd-jwt', scope: 'diploma', vct: 'urn:credentials:diploma:v1', cryptographic_binding_methods_supported: ['jwk'],
          proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
          credential_metadata: { display: [{ name: 'Diploma', locale: 'en' }], claims: [{ path: ['eqf_level'], display: [{ name: 'Level', locale: 'en' }] }] },
        },
        'cose': { format: 'mso_mdoc', doctype: 'x' },
      },
    };
    issuer.server = {
      issuer: issuerId, token_endpoint: `${end}/token`, authorization_endpoint: `${end}/authorize`, pushed_authorization_request_endpoint: `${end}/par`,
      dpop_signing_alg_values_supported: ['ES256'], authorization_response_iss_parameter_supported: true,
    };
    issuer.#routes(end);
    return issuer;
  }

  get offer(): JsonObject {
    return {
      credential_issuer: issuerId, credential_configuration_ids: ['diploma-sd-jwt'],
      grants: { 'urn:ietf:params:oauth:grant-type:pre-authorized_code': { 'pre-authorized_code': 'code-1', ...(this.txCode && { tx_code: { input_mode: 'numeric', length: this.txCode.length } }) } },
    };
  }

  get link(): string {
    return `openid-credential-offer://?credential_offer=${encodeURIComponent(JSON.stringify(this.offer))}`;
  }

  readonly world: World = {
    now: () => now,
    fetch: async (url, init) => {
      this.asked.push(url);
      const handler = this.routes.get(url.split('?')[0]!);
      return handler ? await handler(String(init.body ?? ''), { headers: new Headers(init.headers), method: init.method ?? 'GET' }) : new Response('', { status: 404 });
    },
  };

  #routes(end: string): void {
    this.routes.set('https://issuer.example/.well-known/openid-credential-issuer/institutions/modelo', () => json(this.metadata));
    this.routes.set('https://issuer.example/.well-known/oauth-authorization-server/institutions/modelo', () => json(this.server));
    this.routes.set('https://issuer.example/.well-known/jwt-vc-issuer/institutions/modelo', async () => json({ issuer: issuerId, jwks: { keys: [{ ...await exportJWK(this.keys.publicKey), kid: 'k1' }] } }));
    this.routes.set(`${end}/nonce`, () => json({ c_nonce: this.nonce }));
    this.routes.set(`${end}/par`, () => json({ request_uri: 'urn:ietf:params:oauth:request_uri:1', expires_in: 60 }, 201));
    this.routes.set(`${end}/notification`, body => { this.notified.push(body); return new Response(null, { status: 204 }); });
    this.routes.set(`${end}/token`, async (body, { headers }) => {
      const fields = new URLSearchParams(body);
      const proof = decodeProtectedHeader(headers.get('dpop') ?? '');
      if (this.dpopNonce && !headers.get('dpop')!.split('.')[1]!.includes(base64url(utf8(this.dpopNonce)).slice(0, 4)) && !JSON.parse(Buffer.from(headers.get('dpop')!.split('.')[1]!, 'base64url').toString()).nonce) {
        return json({ error: 'use_dpop_nonce' }, 400, { 'DPoP-Nonce': this.dpopNonce });
      }
      const code = fields.get('pre-authorized_code') ?? fields.get('code');
      if (proof.typ !== 'dpop+jwt' || code !== this.code || (fields.get('tx_code') ?? undefined) !== this.txCode) {
        return json({ error: 'invalid_grant' }, 400);
      }
      this.code = '';
      return json({ access_token: 'token-1', token_type: 'DPoP', expires_in: 300 });
    });
    this.routes.set(`${end}/credential`, (body, { headers }) => this.#credential(body, headers));
    this.routes.set(`${end}/deferred`, async (body, { headers }) => {
      if (this.deferred-- > 0) {
        return json({ error: 'issuance_pending' }, 400);
      }
      return await this.#answer(await this.#open(body, headers), { credentials: [{ credential: this.#last }], notification_id: 'n2' });
    });
  }

  #last = '';

  async #open(body: string, headers: Headers): Promise<JsonObject> {
    if (headers.get('content-type') !== 'application/jwt') {
      return JSON.parse(body) as JsonObject;
    }
    const { plaintext } = await compactDecrypt(body, this.encryption.privateKey);
    return JSON.parse(new TextDecoder().decode(plaintext)) as JsonObject;
  }

  async #answer(request: JsonObject, answer: JsonObject): Promise<Response> {
    const wanted = request.credential_response_encryption;
    if (!isObject(wanted)) {
      return json(answer);
    }
    const text = await new CompactEncrypt(utf8(JSON.stringify(answer))).setProtectedHeader({ alg: 'ECDH-ES', enc: String(wanted.enc) }).encrypt(await importJWK(wanted.jwk as JWK, 'ECDH-ES') as CryptoKey);
    return new Response(text, { headers: { 'content-type': 'application/jwt' } });
  }

  async #credential(body: string, headers: Headers): Promise<Response> {
    const request = await this.#open(body, headers);
    if (headers.get('authorization') !== 'DPoP token-1' || !headers.get('dpop')) {
      return json({ error: 'invalid_token' }, 401);
    }
    const proof = ((request.proofs as JsonObject).jwt as string[])[0]!;
    const { jwk } = decodeProtectedHeader(proof);
    const { payload } = await jwtVerify(proof, await importJWK(jwk!, 'ES256'), { audience: issuerId, typ: 'openid4vci-proof+jwt', currentDate: new Date(now) });
    if (payload.nonce !== this.nonce) {
      return json({ error: 'invalid_nonce' }, 400);
    }
    this.nonce = 'nonce-used';
    this.#last = await this.sdJwt(jwk!);
    if (this.deferred > 0) {
      return json({ transaction_id: 't1', interval: 5 }, 202, {});
    }
    return await this.#answer(request, { credentials: [{ credential: this.#last }], notification_id: 'n1' });
  }

  /** A diploma in which every claim can be kept back. */
  async sdJwt(jwk: JWK, extra: JsonObject = {}): Promise<string> {
    const disclosures: string[] = [];
    const digests: string[] = [];
    for (const [name, value] of Object.entries(this.claims)) {
      const encoded = base64url(utf8(JSON.stringify([random(), name, value])));
      disclosures.push(encoded);
      digests.push(base64url(await sha256(utf8(encoded) as Bytes)));
    }
    const payload = this.payload({ iss: issuerId, vct: 'urn:credentials:diploma:v1', iat: Math.floor(now / 1000), cnf: { jwk: this.cnf(jwk) as JsonObject }, _sd: digests.sort(), _sd_alg: 'sha-256', ...extra });
    const jwt = await new SignJWT(payload).setProtectedHeader({ alg: 'ES256', typ: 'dc+sd-jwt', kid: 'k1' }).sign(this.keys.privateKey);
    return [jwt, ...disclosures, ''].join('~');
  }
}
