// A plan file and the fleet file that it was made from, as `preflight` and `run` take them.
// Invariant: the fleet is the very one that was planned on, by its SHA-256.

import path from "node:path";
import type { Fleet } from "../../domain/fleet";
import { readTextFile, readTextFileIfAny } from "../adapters/files/read-text-file";
import { sha256Hex } from "../core/canonical-json";
import { parseFleet } from "../core/model/parse-fleet";
import { parsePlan } from "../core/model/parse-plan";
import type { Plan } from "../core/model/plan";
import { FargateCmkError } from "../errors";

export interface PlanInputs {
  readonly planFile: string;
  readonly plan: Plan;
  readonly planText: string;
  readonly fleet: Fleet;
  readonly fleetText: string;
}

export interface PlanInputOptions {
  /** As typed. */
  readonly plan: string;
  readonly fleet?: string;
}

/** @throws FargateCmkError `file-unreadable`, `plan-mismatch`, or what parsing throws */
export async function readPlanInputs(options: PlanInputOptions, cwd: string): Promise<PlanInputs> {
  const planFile = path.resolve(cwd, options.plan);
  const shown = path.relative(cwd, planFile);
  const planText = await readTextFile(planFile, shown);
  const plan = parsePlan(planText, shown);
  const fleetFile =
    options.fleet === undefined ? await fleetBeside(planFile, plan.fleet.file) : path.resolve(cwd, options.fleet);
  const fleetShown = path.relative(cwd, fleetFile);
  const fleetText = await readTextFile(fleetFile, fleetShown);
  if (sha256Hex(fleetText) !== plan.fleet.sha256) throw otherFleet(plan, fleetShown);
  return { planFile, plan, planText, fleet: parseFleet(fleetText, fleetShown), fleetText };
}

/** Where the plan says, or beside it: a run directory keeps its fleet as fleet.json whatever it was called before. */
async function fleetBeside(planFile: string, named: string): Promise<string> {
  const folder = path.dirname(planFile);
  const asNamed = path.resolve(folder, named);
  return (await readTextFileIfAny(asNamed)) === null ? path.join(folder, "fleet.json") : asNamed;
}

function otherFleet(plan: Plan, fleetFile: string): FargateCmkError {
  return new FargateCmkError("plan-mismatch", {
    message: `${fleetFile} is not the fleet that plan ${plan.planId.slice(0, 6)} was made from`,
    remedy: "give that fleet with --fleet, or make a new plan: fargate-cmk plan",
  });
}
