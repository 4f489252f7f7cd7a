// Which of the learner's credentials answer a query, and which claims of them: by the dcql library.
import {DcqlQuery} from 'dcql';

export async function matching(asked, credentials, viewOf) {
  const query = DcqlQuery.parse(asked);
  DcqlQuery.validate(query);
  const answer = DcqlQuery.query(query, await Promise.all(credentials.map(viewOf)));
  if (!answer.can_be_satisfied) {
    throw new Error(`nothing fits: ${JSON.stringify(answer.credential_matches)}`);
  }

  // Of credential sets the first option that can be had; without sets, all.
  const ids = answer.credential_sets?.length
    ? answer.credential_sets.filter(set => set.required !== false).flatMap(set => set.matching_options?.[0] ?? [])
    : query.credentials.map(one => one.id);
  return ids.map(id => {
    const fit = answer.credential_matches[id].valid_credentials[0];
    const claims = query.credentials.find(one => one.id === id).claims ?? [];
    const indexes = fit.claims.valid_claim_sets[0].valid_claim_indexes ?? [];
    return {id, credential: credentials[fit.input_credential_index], paths: claims.filter((_, index) => indexes.includes(index)).map(claim => claim.path)};
  });
}
