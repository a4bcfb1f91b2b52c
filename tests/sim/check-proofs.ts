// What is called proved must be so in the world, at the instant that the proof names.
// A read may be as late as the world's read lag, so only what had been there for longer than that when the look began counts.

import type { ServiceVerdict } from "../../migrate/core/model/verdict";
import type { Life } from "./live";
import type { TaskLife } from "./world-history";

export function proofProblems(life: Life): readonly string[] {
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

function wrongProof(life: Life, proof: ServiceVerdict, beganMs: number): readonly string[] {
  if (proof.verdict !== "pass") return [];
  const atMs = Date.parse(proof.asOf);
  const alive = life.history.aliveAt(proof.serviceArn, atMs);
  const bare = alive.filter(
    (task) => !isOnKey(task, proof.targetKeyArn) && task.bornMs < beganMs - life.story.readLagMaxMs,
  );
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
    life.history
      .aliveAt(arn, endMs)
      .filter((task) => !isOnKey(task, targetKeyArn) && task.bornMs < beganMs - life.story.readLagMaxMs)
      .map((task) => `the outcome is "proved" and task ${task.arn} runs on ${task.kmsKeyArn ?? "no key"}`),
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
