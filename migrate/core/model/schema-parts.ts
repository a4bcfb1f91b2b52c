// The small shapes that all our files are made of. Only the schema files import this; they are loaded when first needed,
// because zod costs a command that parses nothing 50 ms.

import { z } from "zod";
import type { Lane } from "../../../domain/fleet";
import { type Classification, SERVICE_CLASSES } from "./service-class";
import type { ServiceVerdict, TaskVerdict } from "./verdict";

/** ISO 8601 in UTC, as Date.prototype.toISOString and the AWS CLI in UTC write it. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/, "an instant such as 2026-11-22T09:14:00Z");

export const count = z.int().min(0);

export const text = z.string();

/** What names a thing is never empty. */
export const name = z.string().min(1, "a name that is not empty");

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");

/** Milliseconds, or an amount of something: never negative, never infinite. */
export const amount = z.number().min(0);

export const tags = z.record(z.string(), z.string());

export function fact<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("known"), value, asOf: instant }),
    z.object({ kind: z.literal("unknown"), why: text, permission: text.exactOptional() }),
  ]);
}

export const lane: z.ZodType<Lane> = z.object({
  account: z.string().regex(/^\d{12}$/, "an account id of 12 digits"),
  region: name,
  partition: name,
});

export const serviceClass = z.enum(SERVICE_CLASSES);

export const classification: z.ZodType<Classification> = z.object({
  class: serviceClass,
  reason: text,
  remedy: text.nullable(),
});

export const verdictWord = z.enum(["pass", "fail", "notApplicable", "unknown"]);

export const journaledAnswer = z.object({
  id: name,
  level: z.enum(["stops", "advises"]),
  verdict: verdictWord,
  findings: count,
  accepted: text.nullable(),
});

export const taskVerdict: z.ZodType<TaskVerdict> = z.object({
  verdict: verdictWord,
  reason: text,
  asOf: instant,
  taskArn: name,
  kmsKeyArn: text.nullable(),
  platformVersion: text.nullable(),
  lastStatus: text,
  desiredStatus: text,
  startedBy: text.nullable(),
  startedAt: instant.nullable(),
});

export const serviceVerdict: z.ZodType<ServiceVerdict> = z.object({
  verdict: verdictWord,
  reason: text,
  asOf: instant,
  serviceArn: name,
  targetKeyArn: text.nullable(),
  tasks: z.array(taskVerdict),
});
