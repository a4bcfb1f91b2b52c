// The shape of a report file, as model/report.ts declares it; the compiler checks that the two agree.

import { z } from "zod";
import { REPORT_SCHEMA, REPORT_VERSION, type Report } from "./report";
import {
  amount,
  count,
  instant,
  journaledAnswer,
  lane,
  name,
  serviceClass,
  sha256,
  text,
  verdictWord,
} from "./schema-parts";

const keySighting = z.discriminatedUnion("seen", [
  z.object({ seen: z.literal("key"), arn: name }),
  z.object({ seen: z.literal("no-key") }),
  z.object({ seen: z.literal("several"), arns: z.array(name) }),
  z.object({ seen: z.literal("not-seen") }),
]);

const verdict = { verdict: verdictWord, reason: text, asOf: instant };

const task = {
  ...verdict,
  arn: name,
  keyBefore: keySighting,
  keyAfter: keySighting,
  platformVersion: text.nullable(),
  startedAt: instant.nullable(),
  deploymentId: text.nullable(),
};

const service = z.object({
  arn: name,
  name,
  clusterArn: name,
  clusterName: name,
  class: serviceClass,
  outcome: z.enum(["proved", "failed", "set aside", "superseded", "unproved", "not planned"]),
  reason: text,
  owner: text.nullable(),
  nextStep: text.nullable(),
  wave: z.int().min(1).nullable(),
  keyBefore: keySighting,
  keyAfter: keySighting,
  evidence: z.object(verdict).nullable(),
  tasks: z.array(z.object(task)),
});

const standalone = z.object({
  ...task,
  clusterName: name,
  group: text.nullable(),
  class: serviceClass,
  owner: text.nullable(),
  nextStep: text.nullable(),
});

const timeline = z.object({
  waves: z.array(
    z.object({
      number: z.int().min(1),
      name,
      openedAt: instant.nullable(),
      closedAt: instant.nullable(),
      soakUntil: instant.nullable(),
      expectedMs: amount,
    }),
  ),
  services: z.array(
    z.object({
      arn: name,
      wave: z.int().min(1),
      startedAt: instant.nullable(),
      settledAt: instant.nullable(),
      endedAt: instant.nullable(),
    }),
  ),
  events: z.array(z.object({ at: instant, what: text })),
  tookMs: amount.nullable(),
  lowerBoundMs: z.object({ planned: amount, actual: amount.nullable() }),
});

const checks = z.object({
  asOf: instant,
  answers: z.array(journaledAnswer.extend({ title: text })),
});

const failure = z.object({
  serviceArn: name,
  reason: text,
  rolledBack: z.boolean(),
  firstTask: z.object({ arn: text.nullable(), reason: text.nullable() }),
  remedy: text,
});

export const reportSchema: z.ZodType<Report> = z.object({
  schema: z.literal(REPORT_SCHEMA),
  version: z.literal(REPORT_VERSION),
  toolVersion: text,
  planId: sha256,
  fleet: z.object({ sha256, readAt: instant }),
  lane,
  run: z.object({
    status: text,
    reason: text.nullable(),
    outcome: z.enum(["proved", "failed-or-unproved", "aborted"]).nullable(),
    startedAt: instant.nullable(),
    endedAt: instant.nullable(),
    callers: z.array(text),
  }),
  verdict: z.object({ word: verdictWord, sentences: z.array(text) }),
  proves: z.array(text),
  doesNotProve: z.array(text),
  coverage: z.object({
    before: z.object({ tasks: count, onKey: count, asOf: instant }),
    after: z.object({ tasks: count, onKey: count, notLookedAt: count, asOf: instant.nullable() }),
  }),
  services: z.array(service),
  standalone: z.array(standalone),
  newServices: z.array(z.object({ ...verdict, arn: name })),
  checks: checks.exactOptional(),
  timeline,
  changed: z.array(z.object({ arn: name, name: text, changes: z.array(text) })).exactOptional(),
  failures: z.array(failure),
  calls: z.object({ byOperation: z.record(z.string(), count), total: count, throttled: count }).nullable(),
  journal: z.object({ lines: count, head: sha256 }),
});
