// protected: task protection keeps tasks of the service from being stopped, so a deployment stays open until it ends.
// Source: developer guide, "Protect your Amazon ECS tasks from being terminated by scale-in events" (a deployment waits for protected
// tasks, which end by themselves after two hours unless told otherwise, and 48 at most; documented).
//
// Invariant: protection that had ended when it was read counts no more; protection that was not seen is not taken for none, but
// told as unseen.

import { lastPart } from "../../../domain/arn";
import type { ProtectedTask } from "../../../domain/fleet";
import { counted } from "../words/counted";
import { shellCommand } from "../words/remedy-command";
import { allowCommand, allowWords } from "./allowable-classes";
import type { Family, ServiceFacts } from "./context";

export const protectedTasks: Family = (facts) => {
  const held = heldTasks(facts);
  if (held.length === 0) return null;
  const are = held.length === 1 ? "is" : "are";
  return {
    class: "protected",
    reason: `${held.length} of ${counted(facts.tasks.length, "task")} ${are} protected from being stopped, ${untilWhen(held)}`,
    remedy:
      `wait until then and scan again, or ${allowWords("protected", facts)}, and the deployment stays open until protection ends ` +
      `(${allowCommand("protected", facts)}), or let its owner lift it: ${lift(facts, held)}`,
  };
};

function heldTasks({ cluster: { protectedTasks: fact }, tasks }: ServiceFacts): readonly ProtectedTask[] {
  if (fact.kind === "unknown") return [];
  const own = new Set(tasks.map(({ arn }) => arn));
  const readAtMs = Date.parse(fact.asOf);
  return fact.value
    .filter(({ arn, expiresAt }) => own.has(arn) && (expiresAt === null || Date.parse(expiresAt) > readAtMs))
    .toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
}

function untilWhen(held: readonly ProtectedTask[]): string {
  const ends = held.flatMap(({ expiresAt }) => expiresAt ?? []).toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const last = ends.at(-1);
  if (last === undefined || ends.length < held.length) return "until a time that AWS did not say";
  return `until ${last.slice(0, 10)} ${last.slice(11, 16)} UTC${held.length === 1 ? "" : " at the latest"}`;
}

/** UpdateTaskProtection takes ten tasks a call (API reference, documented). */
const TASKS_PER_CALL = 10;

function lift({ cluster }: ServiceFacts, held: readonly ProtectedTask[]): string {
  const ids = held.slice(0, TASKS_PER_CALL).map(({ arn }) => lastPart(arn));
  const words = ["update-task-protection", "--cluster", cluster.name, "--tasks", ...ids, "--no-protection-enabled"];
  return shellCommand("aws", "ecs", ...words);
}
