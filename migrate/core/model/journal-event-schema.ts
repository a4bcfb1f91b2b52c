// The shape of a journal's events, as model/journal-event.ts declares it; the compiler checks that the two agree.

import { z } from "zod";
import type { JournalEvent } from "./journal-event";
import {
  amount,
  count,
  instant,
  journaledAnswer,
  name,
  serviceVerdict,
  sha256,
  taskVerdict,
  text,
} from "./schema-parts";

const wave = z.int().min(1);

const answer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("started"), deploymentId: name, serviceDeploymentArn: name.nullable() }),
  z.object({ kind: z.literal("refused"), code: text, message: text }),
  z.object({ kind: z.literal("not-sent"), code: text, message: text }),
  z.object({ kind: z.literal("in-doubt"), code: text, message: text }),
]);

const found = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("adopted"), deploymentId: name, serviceDeploymentArn: name.nullable() }),
]);

const progress = z.object({
  phase: z.enum(["starting", "rolling", "draining", "rolling-back"]),
  serviceDeploymentArn: name.nullable(),
  tasksOnKey: count,
  tasksWanted: count,
  tasksOld: count,
  failedTasks: count,
  startFailure: text.nullable(),
  failedTaskArn: text.nullable(),
  rollsBackItself: z.boolean(),
  belowMinimum: z.boolean(),
});

const failure = z.object({
  reason: text,
  rolledBack: z.boolean(),
  taskReason: text.nullable(),
  taskArn: text.nullable(),
  remedy: text,
});

const targetSeen = z.object({ clusterArn: name, problem: text.nullable() });

const holdCause = z.enum(["looked", "start-failures"]);

const RUN_REQUESTS = ["pause", "resume", "abort", "abort-and-roll-back", "approve"] as const;

/** The program that reads a journal may know other questions than the one that wrote it: any id will do. */
export const journalEventSchema: z.ZodType<JournalEvent> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("run-started"), planId: sha256, fleetSha256: sha256, toolVersion: text, caller: text }),
  z.object({ kind: z.literal("preflight"), asOf: instant, answers: z.array(journaledAnswer) }),
  z.object({ kind: z.literal("run-resumed"), caller: text, repaired: text.nullable() }),
  z.object({ kind: z.literal("wave-opened"), wave }),
  z.object({ kind: z.literal("wave-closed"), wave, soakUntilMs: amount }),
  z.object({ kind: z.literal("set-aside"), service: name, class: text, reason: text, remedy: text.nullable() }),
  z.object({
    kind: z.literal("redeploy-intended"),
    service: name,
    attempt: z.int().min(1),
    platformVersion: text.nullable(),
    knownDeployments: z.array(name),
    knownServiceDeployments: z.array(name),
    oldTasks: z.array(name),
  }),
  z.object({ kind: z.literal("redeploy-answered"), service: name, answer }),
  z.object({ kind: z.literal("doubt-looked"), service: name, found }),
  z.object({ kind: z.literal("progressed"), service: name, progress }),
  z.object({ kind: z.literal("settled"), service: name, revisionArn: name.nullable() }),
  z.object({ kind: z.literal("stop-intended"), service: name, serviceDeploymentArn: name, why: text }),
  z.object({ kind: z.literal("stop-answered"), service: name, accepted: z.boolean(), message: text }),
  z.object({ kind: z.literal("superseded"), service: name, byDeploymentId: name }),
  z.object({ kind: z.literal("overdue"), service: name, afterMs: amount }),
  z.object({ kind: z.literal("verified"), service: name, proof: serviceVerdict }),
  z.object({ kind: z.literal("failed"), service: name, failure }),
  z.object({
    kind: z.literal("swept"),
    proofs: z.array(serviceVerdict),
    standalone: z.array(taskVerdict),
    newServices: z.array(name),
    changed: z.array(z.object({ service: name, changes: z.array(text) })).exactOptional(),
  }),
  z.object({ kind: z.literal("requeued"), services: z.array(name), why: text }),
  z.object({ kind: z.literal("rebuilt"), why: text }),
  z.object({ kind: z.literal("target-looked"), clusters: z.array(targetSeen) }),
  z.object({ kind: z.literal("held"), clusters: z.array(name), keyArn: name, reason: text, cause: holdCause }),
  z.object({ kind: z.literal("released"), clusters: z.array(name), keyArn: name }),
  z.object({ kind: z.literal("gate-looked"), wave, firing: z.array(name), unseen: text.nullable() }),
  z.object({ kind: z.literal("control"), request: z.enum(RUN_REQUESTS) }),
  z.object({ kind: z.literal("halted"), reason: text }),
  z.object({ kind: z.literal("paused"), reason: text, next: text }),
  z.object({ kind: z.literal("finished"), outcome: z.enum(["proved", "failed-or-unproved", "aborted"]) }),
]);
