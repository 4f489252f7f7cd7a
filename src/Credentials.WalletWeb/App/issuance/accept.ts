import { ask, persistently, type World } from '../core/http.js';
import type { JsonObject } from '../core/json.js';
import { must, Refusal } from '../core/refusal.js';
import type { Template } from '../credentials/display.js';
import { newKeys, type KeyPair } from '../credentials/keys.js';
import type { Held } from '../credentials/held.js';
import { agrees, readReceived } from '../credentials/received.js';
import { templateOf } from '../credentials/typeMetadata.js';
import { arrive, depart, type Client, type Departure } from './authorization.js';
import { choose, type Configuration, type Format } from './choose.js';
import { CredentialClient, type Issued, type Slot } from './credential.js';
import { DPoP } from './dpop.js';
import { issuerMetadata, serverMetadata, type IssuerMetadata, type ServerMetadata } from './metadata.js';
import { readOffer, type Offer } from './offer.js';
import { keyProof } from './proof.js';
import { redeem, type Grant, type Token } from './token.js';

/** What is known before anything is redeemed: enough to ask the learner. */
export interface Invitation {
  readonly offer: Offer;
  readonly issuer: IssuerMetadata;
  readonly server: ServerMetadata;
  readonly chosen: readonly Configuration[];
}

/** One credential that came, with the key that it is bound to. */
export interface Received {
  readonly configuration: Configuration;
  readonly format: Format;
  readonly text: string;
  readonly issuer: string;
  readonly keys?: KeyPair;
  readonly template: Template;
  readonly claims: JsonObject;
  /** The issuer's signature was not checked. */
  readonly unchecked?: true;
}

export interface Later {
  readonly configuration: Configuration;
  readonly transaction: string;
  readonly seconds: number;
  readonly keys?: KeyPair;
}

/** Everything that an acceptance yields; what is wanted again later (for notes and deferred credentials) is in it. */
export interface Acceptance {
  readonly received: readonly Received[];
  readonly later: readonly Later[];
  /** Forms that did not come: the diploma is there without them. */
  readonly missed: readonly Configuration[];
  readonly notifications: readonly string[];
  readonly token: Token;
  readonly dpop: KeyPair;
}

export async function invite(world: World, handed: string): Promise<Invitation> {
  const offer = await readOffer(world, handed);
  return await inviteTo(world, offer);
}

export async function inviteTo(world: World, offer: Offer): Promise<Invitation> {
  const issuer = await issuerMetadata(world, offer.issuer);
  return { offer, issuer, server: await serverMetadata(world, offer, issuer), chosen: choose(issuer, offer.configurations) };
}

export const plainly = (world: World) => (address: string, init: RequestInit) => ask(world, address, init);

export const leaveFor = (world: World, invitation: Invitation, client: Client, dpop: KeyPair): Promise<{ address: string; departure: Departure }> =>
  depart(invitation.server, invitation.offer, invitation.chosen, client, dpop.jwk, plainly(world));

export const grantOnReturn = (parameters: URLSearchParams, departure: Departure, client: Client): Grant =>
  ({ kind: 'authorization', code: arrive(parameters, departure), verifier: departure.verifier, ...client });

/** What an acceptance has reached. An answer that was lost is asked for again with the same token, the same key and the same words: anything else would be a second diploma, which no issuer gives. */
export class Attempt {
  token?: Token;
  readonly steps = new Map<string, Step>();
}

interface Step {
  readonly slot: Slot;
  readonly keys?: KeyPair;
  issued?: Issued;
}

/** Redeems the grant and takes every chosen form. The keys are handed out before anything is asked, so that they can be stored first: a credential whose key was lost is worth nothing. */
export async function accept(world: World, invitation: Invitation, grant: Grant, dpop: KeyPair, keep: (keys: KeyPair) => Promise<void>, attempt = new Attempt()): Promise<Acceptance> {
  const prover = new DPoP(world, dpop);
  attempt.token ??= await persistently(world, () => redeem(prover, invitation.server, grant, plainly(world)));
  const { token } = attempt;
  const client = new CredentialClient(world, prover, invitation.issuer, token);
  const received: Received[] = [];
  const read: { held: Held; checked: boolean }[] = [];
  const later: Later[] = [];
  const missed: Configuration[] = [];
  const notifications: string[] = [];
  for (const configuration of invitation.chosen) {
    const step = attempt.steps.get(configuration.id) ?? await begin(configuration, keep);
    attempt.steps.set(configuration.id, step);
    const { keys } = step;
    try {
      const issued = step.issued ??= await client.request(configuration, nonce =>
        keyProof(keys!, configuration.binding!, invitation.issuer.issuer, nonce, grant.kind === 'authorization' ? grant.clientId : undefined, world.now()), step.slot);
      if (issued.kind === 'later') {
        later.push({ configuration, transaction: issued.transaction, seconds: issued.seconds, ...(keys && { keys }) });
      } else {
        received.push(await take(world, client, configuration, issued, invitation.issuer.issuer, keys, read));
        notifications.push(...(issued.notification ? [issued.notification] : []));
      }
    } catch (fault) {
      // The second form is a convenience: without it the first is still the diploma.
      if (received.length + later.length === 0) {
        if (!(fault instanceof Refusal && fault.code === 'unreachable')) {
          delete attempt.token; // What was answered is settled; the next attempt begins with the code.
        }
        throw fault;
      }
      missed.push(configuration);
    }
  }
  return { received, later, missed, notifications, token, dpop };
}

async function begin(configuration: Configuration, keep: (keys: KeyPair) => Promise<void>): Promise<Step> {
  const keys = configuration.binding ? await newKeys() : undefined;
  if (keys) {
    await keep(keys);
  }
  return { slot: {}, ...(keys && { keys }) };
}

/** Asks again for what was put off. Null while it is not ready. */
export async function collect(world: World, issuer: IssuerMetadata, token: Token, dpop: KeyPair, later: Later): Promise<{ received: Received; notification?: string } | null> {
  const client = new CredentialClient(world, new DPoP(world, dpop), issuer, token);
  const issued = await client.deferred(later.transaction);
  if (issued === 'pending' || issued.kind === 'later') {
    return null;
  }
  return { received: await take(world, client, later.configuration, issued, issuer.issuer, later.keys), ...(issued.notification && { notification: issued.notification }) };
}

/** Tells the issuer what became of what it sent. */
export async function notify(world: World, issuer: IssuerMetadata, token: Token, dpop: KeyPair, ids: readonly string[], event: 'credential_accepted' | 'credential_deleted'): Promise<void> {
  const client = new CredentialClient(world, new DPoP(world, dpop), issuer, token);
  await Promise.all(ids.map(id => client.notify(id, event)));
}

async function take(world: World, client: CredentialClient, configuration: Configuration, issued: Extract<Issued, { kind: 'now' }>, issuer: string, keys: KeyPair | undefined, read: { held: Held; checked: boolean }[] = []): Promise<Received> {
  try {
    const { held, checked: signed } = await readReceived(world, configuration, issued.credentials[0]!, issuer, keys);
    const beside = held.format === 'ldp_vc' ? read.find(other => other.held.sdJwt) : undefined;
    const agreed = beside ? agrees(held, beside.held) : null;
    must(agreed !== false, 'credential_foreign', 'credentialSubject');
    const checked = signed || (agreed === true && beside!.checked);
    read.push({ held, checked });
    const template = await templateOf(world, held, configuration);
    return { configuration, format: configuration.format, text: held.text, issuer: held.issuer, template, claims: held.claims, ...(keys && { keys }), ...(!checked && { unchecked: true }) };
  } catch (fault) {
    if (issued.notification) {
      await client.notify(issued.notification, 'credential_failure');
    }
    throw fault;
  }
}
