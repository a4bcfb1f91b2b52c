// The shape of a preflight file, as model/preflight.ts declares it; the compiler checks that the two agree.

import { z } from "zod";
import { PREFLIGHT_SCHEMA, PREFLIGHT_VERSION, type Preflight } from "./preflight";
import { instant, lane, name, sha256, text, verdictWord } from "./schema-parts";

const finding = z.object({
  verdict: z.enum(["fail", "unknown"]),
  subject: name,
  reason: text,
  remedy: text.nullable(),
});

export const preflightSchema: z.ZodType<Preflight> = z.object({
  schema: z.literal(PREFLIGHT_SCHEMA),
  version: z.literal(PREFLIGHT_VERSION),
  planId: sha256,
  lane,
  asOf: instant,
  answers: z.array(
    z.object({
      id: name,
      level: z.enum(["stops", "advises"]),
      verdict: verdictWord,
      reason: text,
      findings: z.array(finding),
      accepted: text.nullable(),
    }),
  ),
});
