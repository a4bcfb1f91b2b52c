// What is called proved must be so in the world, at the instant that the proof names.
// A read may be as late as the world's read lag, so only what had been there for longer than that when the look began counts.

import { foldRun } from "../../../migrate/core/machine/fold-run";
import type { ServiceVerdict } from "../../../migrate/core/model/verdict";
import { buildReport } from "../../../migrate/core/report/build-report";
import type { Life } from "../stage/live";
import type { TaskLife } from "../stage/world-history";

export function proofProblems(life: Life): readonly string[] {
  return [...falseLines(life), ...falseRows(life)];
}

function falseLines(life: Life): readonly string[] {
  return life.lines.flatMap(({ seq, event, at }) => {
    switch (event.kind) {
      case "verified":
        return wrongProof(life, event.proof, lookBeganMs(life, event.service, Date.parse(event.proof.asOf))).map(
          (what) => `line ${seq} calls ${event.service} verified: ${what}`,
        );
      case "swept": {
        const beganMs = sweepBeganMs(life, Date.parse(at));
        return event.proofs.flatMap((proof) =>
          wrongProof(life, proof, beganMs).map((what) => `line ${seq} passes ${proof.serviceArn}: ${what}`),
        );
      }
      case "finished":
        return event.outcome === "proved" ? wrongEnd(life, Date.parse(at)) : [];
      default:
        return [];
    }
  });
}

/** What the report calls proved has evidence, and that is true of the world at its instant. */
function falseRows(life: Life): readonly string[] {
  const { fleet, plan, lines } = life;
  const state = foldRun(plan, lines);
  const rest = { journalHead: "0".repeat(64), callCounts: null, toolVersion: "0.0.0" };
  const report = buildReport({ fleet, plan, state, lines, ...rest });
  return report.services.flatMap(({ arn, outcome, evidence }) => {
    if (outcome !== "proved") return [];
    if (evidence?.verdict !== "pass") return [`the report calls ${arn} proved, on ${evidence?.verdict ?? "nothing"}`];
    const atMs = Date.parse(evidence.asOf);
    const beganMs = Math.min(lookBeganMs(life, arn, atMs), sweepBeganMs(life, atMs));
    const keyArn = plan.services.find((one) => one.arn === arn)?.targetKeyArn ?? null;
    return bareTasks(life, { serviceArn: arn, keyArn, atMs, beganMs }).map(
      (task) =>
        `the report calls ${arn} proved, and at ${evidence.asOf} ${task.arn} ran on ${task.kmsKeyArn ?? "no key"}`,
    );
  });
}

interface Claim {
  readonly serviceArn: string;
  readonly keyArn: string | null;
  readonly atMs: number;
  /** When the look began that it rests on. */
  readonly beganMs: number;
}

/** Tasks that were there at that instant, and for so long that even a late read must have shown them, and are not on the key. */
function bareTasks({ history, story }: Life, { serviceArn, keyArn, atMs, beganMs }: Claim): readonly TaskLife[] {
  return history
    .aliveAt(serviceArn, atMs)
    .filter((task) => !isOnKey(task, keyArn) && task.bornMs < beganMs - story.readLagMaxMs);
}

function wrongProof(life: Life, proof: ServiceVerdict, beganMs: number): readonly string[] {
  if (proof.verdict !== "pass") return [];
  const { serviceArn, targetKeyArn: keyArn } = proof;
  const bare = bareTasks(life, { serviceArn, keyArn, atMs: Date.parse(proof.asOf), beganMs });
  const passed = proof.tasks.filter(({ verdict }) => verdict === "pass");
  const made = passed.filter(({ taskArn }) => !isOnKey(life.history.tasks.get(taskArn), proof.targetKeyArn));
  return [
    ...bare.map((task) => `at ${proof.asOf} task ${task.arn} ran on ${task.kmsKeyArn ?? "no key"}`),
    ...made.map(({ taskArn }) => `task ${taskArn} is passed and is not on the key`),
  ];
}

function wrongEnd(life: Life, endMs: number): readonly string[] {
  const beganMs = sweepBeganMs(life, endMs);
  return life.plan.services.flatMap(({ arn, targetKeyArn }) =>
    bareTasks(life, { serviceArn: arn, keyArn: targetKeyArn, atMs: endMs, beganMs }).map(
      (task) => `the outcome is "proved" and task ${task.arn} runs on ${task.kmsKeyArn ?? "no key"}`,
    ),
  );
}

function isOnKey(task: TaskLife | undefined, keyArn: string | null): boolean {
  return task !== undefined && task.kmsKeyArn === keyArn && task.platformVersion === "1.4.0";
}

/** When the first read of the look that ended at an instant was made: of the service, or of its tasks, whichever is older. */
function lookBeganMs({ calls }: Life, serviceArn: string, endMs: number): number {
  const name = serviceArn.slice(serviceArn.lastIndexOf("/") + 1);
  const before = calls.filter(({ atMs }) => atMs <= endMs);
  const described = before.findLast(
    ({ operation, input }) => operation === "DescribeServices" && (input.services as string[]).includes(serviceArn),
  );
  const listed = before.findLast(({ operation, input }) => operation === "ListTasks" && input.serviceName === name);
  return Math.min(described?.atMs ?? endMs, listed?.atMs ?? endMs);
}

function sweepBeganMs({ calls }: Life, endMs: number): number {
  return calls.findLast(({ operation, atMs }) => operation === "ListClusters" && atMs <= endMs)?.atMs ?? endMs;
}
