// The shape of a plan file, as model/plan.ts declares it; the compiler checks that the two agree.

import { z } from "zod";
import { PLAN_SCHEMA, PLAN_VERSIONS, type Plan } from "./plan";
import { amount, classification, count, instant, lane, name, serviceClass, sha256, text } from "./schema-parts";

const platformPin = z.enum(["1.4.0", "LATEST"]);

const options = z.object({
  order: z.object({ tag: name, values: z.array(text) }).nullable(),
  soakMs: amount,
  firstShare: z.number().min(0).max(1),
  inFlightMax: z.int().min(1),
  failuresMax: count,
  allow: z.array(z.object({ class: serviceClass, service: text.nullable(), reason: name })),
  platformPin,
  mutexTags: z.array(name).min(1).exactOptional(),
  gate: z.object({ alarms: z.array(name), approval: z.boolean() }).exactOptional(),
  waveFailuresMax: count.exactOptional(),
});

const wave = z.object({
  number: z.int().min(1),
  name,
  services: z.array(name),
  soakMs: amount,
  tasks: count,
  extraVcpu: amount,
  expectedMs: amount,
});

const plannedService = z.object({
  arn: name,
  name,
  clusterArn: name,
  clusterName: name,
  classification,
  wave: z.int().min(1),
  targetKeyArn: name,
  platformVersion: platformPin.nullable(),
  tasks: count,
  surgeTasks: count,
  surgeVcpu: amount,
  estimate: z.object({ toSuccessMs: amount, toCapacityFreeMs: amount }),
  fingerprint: sha256,
  risks: z.array(text),
  owner: text.nullable(),
  mutexes: z.array(z.object({ tag: name, value: text })).exactOptional(),
});

const notPlanned = z.object({
  kind: z.enum(["service", "task"]),
  arn: name,
  name: text,
  clusterArn: name,
  clusterName: name,
  classification,
  tasks: count,
  owner: text.nullable(),
  restart: z.object({ reason: text, remedy: text }).exactOptional(),
});

const totals = z.object({
  clusters: count,
  services: count,
  tasks: count,
  tasksOnKey: count,
  expectedMs: amount,
  stagedLowerBoundMs: amount,
  apiCallsMin: count,
  peakExtraVcpu: amount,
  peakVcpu: z.object({ onDemand: amount, spot: amount }),
  freeVcpu: z.object({ onDemand: amount.nullable(), spot: amount.nullable() }),
});

export const planSchema: z.ZodType<Plan> = z.object({
  schema: z.literal(PLAN_SCHEMA),
  version: z.literal(PLAN_VERSIONS),
  planId: sha256,
  fleet: z.object({ file: z.string(), sha256, readAt: instant }),
  lane,
  options,
  targets: z.array(z.object({ clusterArn: name, clusterName: name, keyArn: name })),
  waves: z.array(wave),
  services: z.array(plannedService),
  rest: z.array(notPlanned),
  totals,
});
