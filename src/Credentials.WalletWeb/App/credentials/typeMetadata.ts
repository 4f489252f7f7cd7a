import { base64, sha256, utf8 } from '../core/bytes.js';
import { ask, type World } from '../core/http.js';
import { isObject, readObject, type JsonObject } from '../core/json.js';
import { must, Refusal } from '../core/refusal.js';
import type { Configuration } from '../issuance/choose.js';
import type { Template } from './display.js';
import type { Held } from './held.js';

/** The template by which a card is drawn: the type metadata of the `vct` where it can be had and has the signed hash, else what the issuer's metadata says. */
export async function templateOf(world: World, held: Held, configuration: Configuration): Promise<Template> {
  const said: Template = { display: configuration.display, claims: configuration.claims };
  const { vct } = held.claims;
  if (typeof vct !== 'string' || !/^https?:/.test(vct)) {
    return said;
  }
  try {
    const answer = await ask(world, vct, { headers: { accept: 'application/json' } });
    must(answer.status === 200, 'answered', `${answer.status}`);
    await checkIntegrity(answer.text, held.claims['vct#integrity']);
    const document = readObject(answer.text);
    must(document.vct === vct, 'credential_foreign', 'vct');
    return fromTypeMetadata(document, said);
  } catch (fault) {
    // A card is drawn without it; one whose hash is wrong is not drawn by it.
    if (fault instanceof Refusal) {
      return said;
    }
    throw fault;
  }
}

/** https://datatracker.ietf.org/doc/draft-ietf-oauth-sd-jwt-vc/ : display and claims, whose texts lie under `locale` or, in drafts, `lang`. */
export function fromTypeMetadata(document: JsonObject, otherwise: Template): Template {
  const list = (value: unknown): JsonObject[] => Array.isArray(value) ? value.filter(isObject) : [];
  const display = list(document.display);
  const claims = list(document.claims);
  return { display: display.length > 0 ? display : otherwise.display, claims: claims.length > 0 ? claims : otherwise.claims };
}

/** Subresource integrity as `vct#integrity` has it; absent is fine, of another hash than SHA-256 is not judged. */
export async function checkIntegrity(document: string, integrity: unknown): Promise<void> {
  if (typeof integrity === 'string' && integrity.startsWith('sha256-')) {
    must(integrity === `sha256-${base64(await sha256(utf8(document)))}`, 'credential_foreign', 'vct#integrity');
  }
}
