// Other people's verifiers behind one shape: (credential, loader) -> {verified, proofs, error}. One row each.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createVerifyCryptosuite as ecdsaJcs2019} from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import {cryptosuite as ecdsaRdfc2019} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {createVerifyCryptosuite as ecdsaSd2023} from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import {createVerifyCryptosuite as eddsaJcs2022} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as eddsaRdfc2022} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import jsigs from 'jsonld-signatures';

const suites = () => [ecdsaJcs2019(), eddsaJcs2022(), ecdsaRdfc2019, eddsaRdfc2022, ecdsaSd2023()].map(cryptosuite => new DataIntegrityProof({cryptosuite}));

const report = ({verified, results, error}) => ({
  verified,
  proofs: (results ?? []).map(({proof, verified, error}) => ({cryptosuite: proof.cryptosuite, verified, error: error?.message})),
  error: verified ? undefined : reasons(error),
});

const reasons = error => [error].flat().flatMap(e => e?.errors ?? [e]).map(e => e?.message).join('; ');

export const verifiers = {
  // Checks the data model and the validity period as well. Status is not its business here: it asks the caller for it.
  '@digitalbazaar/vc': async (credential, documentLoader) => report(await vc.verifyCredential({
    credential, documentLoader, suite: suites(), checkStatus: async () => ({verified: true}),
  })),

  'jsonld-signatures': async (credential, documentLoader) => report(await jsigs.verify(credential, {
    documentLoader, suite: suites(), purpose: new jsigs.purposes.AssertionProofPurpose(),
  })),
};
