// A document loader that knows what it was given and nothing else: no network.
import {contexts as credentialsContexts} from '@digitalbazaar/credentials-context';
import dataIntegrityContext from '@digitalbazaar/data-integrity-context';

const MULTIKEY_CONTEXT = 'https://w3id.org/security/multikey/v1';

/** Serves the published contexts, and from DID documents: themselves and their verification methods. */
export function loaderOf(didDocuments) {
  const known = new Map([...credentialsContexts, ...dataIntegrityContext.contexts]);
  for (const document of didDocuments) {
    known.set(document.id, document);
    for (const method of document.verificationMethod ?? []) {
      known.set(method.id, {'@context': MULTIKEY_CONTEXT, ...method});
    }
  }

  return async url => {
    if (!known.has(url)) {
      throw new Error(`unknown document: ${url}`);
    }

    return {contextUrl: null, documentUrl: url, document: structuredClone(known.get(url))};
  };
}
