// Everything that a run directory holds, read without the lock: for report, status and the like, beside a run that may be writing.
// Invariant: the fleet is the very file that the plan names by its SHA-256.

import path from "node:path";
import type { Fleet } from "../../../domain/fleet";
import { sha256Hex } from "../../core/canonical-json";
import { parseFleet } from "../../core/model/parse-fleet";
import { parsePlan } from "../../core/model/parse-plan";
import type { Plan } from "../../core/model/plan";
import { FargateCmkError } from "../../errors";
import type { JournalLine } from "../../ports/run-store";
import { journalFile, readJournal } from "./journal";
import { readTextFile } from "./read-text-file";

export interface RunRead {
  readonly directory: string;
  readonly plan: Plan;
  readonly fleet: Fleet;
  readonly lines: readonly JournalLine[];
  /** SHA-256 of the journal's last line. */
  readonly journalHead: string;
}

/** @throws FargateCmkError `plan-mismatch`, `journal-broken`, `wrong-shape`, `file-unreadable` */
export async function readRun(directory: string): Promise<RunRead> {
  const { plan, fleet } = await readPlanAndFleet(directory);
  const { lines, head } = await readJournal(journalFile(directory));
  return { directory, plan, fleet, lines, journalHead: head };
}

/** What a run directory holds that never changes. @throws FargateCmkError `plan-mismatch`, `wrong-shape`, `file-unreadable` */
export async function readPlanAndFleet(directory: string): Promise<Pick<RunRead, "plan" | "fleet">> {
  const planFile = path.join(directory, "plan.json");
  const fleetFile = path.join(directory, "fleet.json");
  const plan = parsePlan(await readTextFile(planFile), planFile);
  const fleetText = await readTextFile(fleetFile);
  if (sha256Hex(fleetText) !== plan.fleet.sha256) throw otherFleet(fleetFile, plan);
  return { plan, fleet: parseFleet(fleetText, fleetFile) };
}

function otherFleet(file: string, plan: Plan): FargateCmkError {
  return new FargateCmkError("plan-mismatch", {
    message: `${file} is not the fleet that plan ${plan.planId.slice(0, 12)} was made from`,
    remedy: "restore the run directory's own fleet.json; it is never edited",
  });
}
