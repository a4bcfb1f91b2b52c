// A plan file's text → Plan, or an error that says where it is wrong.
//
// Invariants of what is returned, beyond its shape
//   planId is the hash of everything else in the file, members that this version does not know included
//   waves count 1, 2, 3 …; every planned service stands in one wave, and in the one that it names
//   what keeps services apart stands in plans of version 2, and there whole

import { FargateCmkError } from "../../errors";
import { checkDocumentKind, checkShape, type DocumentKind, parseJson, wrongShape } from "./parse-document";
import { PLAN_SCHEMA, PLAN_VERSIONS, type Plan } from "./plan";
import { planIdOf } from "./plan-id";

/** `where` names the file in errors. @throws FargateCmkError `not-json`, `wrong-shape`, `foreign-version`, `plan-mismatch` */
export function parsePlan(text: string, where: string): Plan {
  const value = parseJson(text, where);
  checkDocumentKind(value, PLAN_KIND, where);
  const { planSchema } = require("./plan-schema") as typeof import("./plan-schema");
  const plan = checkShape(value, planSchema, where);
  checkPlanId(value as Plan, where);
  checkWaves(plan, where);
  checkMutexes(plan, where);
  checkGates(plan, where);
  return plan;
}

const PLAN_KIND: DocumentKind = {
  noun: "a plan",
  schema: PLAN_SCHEMA,
  versions: PLAN_VERSIONS,
  madeBy: "fargate-cmk plan",
};

function checkPlanId(plan: Plan, where: string): void {
  const expected = planIdOf(plan);
  if (plan.planId === expected) return;
  throw new FargateCmkError("plan-mismatch", {
    message: `${where} was changed after it was made: its planId is ${plan.planId}, its content's is ${expected}`,
    remedy: "make the plan anew with fargate-cmk plan and the options that you want",
  });
}

function checkWaves(plan: Plan, where: string): void {
  const waveOf = new Map<string, number>();
  for (const [index, wave] of plan.waves.entries()) {
    const path = `$.waves[${index}]`;
    if (wave.number !== index + 1) throw wrongShape(where, `${path}.number`, `is ${wave.number}, not ${index + 1}`);
    for (const arn of wave.services) {
      if (waveOf.has(arn)) throw wrongShape(where, `${path}.services`, `${arn} stands in a wave for the second time`);
      waveOf.set(arn, wave.number);
    }
  }
  for (const [index, { arn, wave }] of plan.services.entries()) {
    if (waveOf.get(arn) === wave) continue;
    throw wrongShape(where, `$.services[${index}].wave`, `${arn} is not in wave ${wave}`);
  }
  if (waveOf.size !== plan.services.length)
    throw wrongShape(where, "$.waves", "they name services that are not planned");
}

/** A plan that leaves out what keeps two services apart must not pass for one that has nothing to keep apart. */
function checkMutexes({ version, options, services }: Plan, where: string): void {
  const tags = options.mutexTags ?? [];
  if (version === 1 && tags.length > 0)
    throw wrongShape(where, "$.options.mutexTags", "belongs to version 2 of a plan");
  if (version === 2 && tags.length === 0)
    throw wrongShape(where, "$.options.mutexTags", "is missing in a plan of version 2");
  for (const [index, { mutexes }] of services.entries()) {
    const isRight = (mutexes !== undefined) === tags.length > 0;
    if (isRight && (mutexes ?? []).every(({ tag }) => tags.includes(tag))) continue;
    throw wrongShape(where, `$.services[${index}].mutexes`, "does not belong to $.options.mutexTags");
  }
}

/** Nor must one that leaves out what its gates ask for pass for one whose gates ask for nothing. */
function checkGates({ version, options }: Plan, where: string): void {
  const asksMore = options.gate !== undefined || options.waveFailuresMax !== undefined;
  if (asksMore === (version === 3)) return;
  const words = asksMore ? "with gates that ask for more belong to version 3 of a plan" : "of a version 3 are missing";
  throw wrongShape(where, "$.options", words);
}
