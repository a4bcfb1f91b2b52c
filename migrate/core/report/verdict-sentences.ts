// The first thing that a reader of a report reads: one word, and the sentences that carry it.
//
// Invariants
//   pass: the run has finished and every planned service is proved
//   a run that has not finished is never pass; a plan with nothing to do is notApplicable

import { kindWords } from "../classify/kind-words";
import type { Report, ReportedService, ServiceOutcome } from "../model/report";
import { CLASS_GROUP, type ClassGroup } from "../model/service-class";
import type { VerdictWord } from "../model/verdict";
import { counted } from "../words/counted";
import { share } from "./share";

export type JudgedParts = Pick<Report, "run" | "services" | "coverage" | "newServices">;

export function verdictOf(parts: JudgedParts): Report["verdict"] {
  return {
    word: wordOf(parts),
    sentences: [
      plannedSentence(parts),
      othersSentence(parts),
      coverageSentence(parts),
      notCoveredSentence(parts),
      newServicesSentence(parts),
      runSentence(parts),
    ].filter((sentence) => sentence !== null),
  };
}

function wordOf({ run, services }: JudgedParts): VerdictWord {
  const planned = services.filter((service) => service.outcome !== "not planned");
  if (planned.some((service) => service.outcome === "failed")) return "fail";
  if (run.status !== "finished") return "unknown";
  if (planned.length === 0) return "notApplicable";
  return planned.every((service) => service.outcome === "proved") ? "pass" : "fail";
}

function plannedSentence({ services }: JudgedParts): string {
  const planned = services.filter((service) => service.outcome !== "not planned");
  const proved = planned.filter((service) => service.outcome === "proved").length;
  if (planned.length === 0) return "No service was planned to be redeployed.";
  const verb = planned.length === 1 ? "is proved on its key" : "are proved on their key";
  return `${proved} of ${counted(planned.length, "planned service")} ${verb}.`;
}

function othersSentence({ services }: JudgedParts): string | null {
  const parts = (["failed", "set aside", "superseded", "unproved"] as const).flatMap((outcome) => {
    const count = services.filter((service) => service.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${outcomePhrase(outcome, count)}`];
  });
  return parts.length === 0 ? null : `Of the others, ${parts.join(", ")}.`;
}

function outcomePhrase(outcome: Exclude<ServiceOutcome, "proved" | "not planned">, count: number): string {
  switch (outcome) {
    case "failed":
      return "failed";
    case "set aside":
      return count === 1 ? "was set aside" : "were set aside";
    case "superseded":
      return count === 1
        ? "was superseded by a deployment of its team"
        : "were superseded by deployments of their teams";
    case "unproved":
      return count === 1 ? "is not proved" : "are not proved";
  }
}

function coverageSentence({ coverage: { before, after } }: JudgedParts): string {
  const then = `before: ${before.onKey} of ${before.tasks} (${share(before.onKey, before.tasks)})`;
  if (after.asOf === null) return `No task was looked at since the scan; ${then}.`;
  const now = `${after.onKey} of ${counted(after.tasks, "running task")} (${share(after.onKey, after.tasks)})`;
  const rest =
    after.notLookedAt === 0
      ? ""
      : ` Of these, ${counted(after.notLookedAt, "task was", "tasks were")} not looked at again.`;
  return `${now} ${after.tasks === 1 ? "is" : "are"} proved to use the key of ${after.tasks === 1 ? "its" : "their"} cluster; ${then}.${rest}`;
}

function notCoveredSentence({ services }: JudgedParts): string | null {
  const open = services.filter((service) => service.outcome === "not planned" && service.class !== "current");
  if (open.length === 0) return null;
  const groups = NOT_COVERED.flatMap(([group, phrase]) => {
    const count = open.filter((service) => CLASS_GROUP[service.class] === group).length;
    return count === 0 ? [] : [`${count} ${phrase}`];
  });
  const verb = open.length === 1 ? "is" : "are";
  return `${counted(open.length, "service")} ${verb} not covered: ${groups.join(", ")}${kinds(open)}.`;
}

const NOT_COVERED: readonly (readonly [ClassGroup, string])[] = [
  ["blocked", "blocked"],
  ["by-hand", "by hand"],
  ["waiting", "waiting"],
  ["not-applicable", "not applicable"],
  ["unknown", "not seen"],
];

/** Which not applicable ones there are, as a reader asks that first. */
function kinds(open: readonly ReportedService[]): string {
  const classes = open.map((one) => one.class).filter((one) => CLASS_GROUP[one] === "not-applicable");
  return classes.length === 0 ? "" : ` (${kindWords(classes)})`;
}

function newServicesSentence({ newServices }: JudgedParts): string | null {
  if (newServices.length === 0) return null;
  const onKey = newServices.filter((service) => service.verdict === "pass").length;
  return `${counted(newServices.length, "service")} came up since the scan, ${onKey} of them on the key.`;
}

function runSentence({ run }: JudgedParts): string | null {
  if (run.status === "finished") return null;
  return `The run has not finished: it is ${run.status}${run.reason === null ? "" : ` (${run.reason})`}.`;
}
