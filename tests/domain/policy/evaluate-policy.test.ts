// Walks tests/domain/policy/cases/*.json: one file a topic, its cases are policy, request and the expected decision with the
// statements it rests on. An expectation that is not met exactly fails, also when more statements decide than expected.
// A statement's elements that a case leaves out are Allow, everyone, kms:* and "*"; null leaves an element out for good.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { PolicyKind } from "../../../domain/policy/document";
import { evaluatePolicy } from "../../../domain/policy/evaluate-policy";
import { parsePolicy } from "../../../domain/policy/parse-policy";
import { ABSENT, type ContextValue, present, type RequestPrincipal } from "../../../domain/policy/request";
import { isProblem } from "../../../domain/problem";

interface CaseFile {
  readonly topic: string;
  readonly source: string;
  readonly cases: readonly Case[];
}

interface Case {
  readonly name: string;
  readonly kind?: PolicyKind;
  readonly statements: readonly Readonly<Record<string, unknown>>[];
  readonly version?: string;
  readonly request: {
    readonly principal?: RequestPrincipal;
    readonly action?: string;
    readonly resource?: string;
    /** Text or list for present values, null for absent, {"unknown": why}. */
    readonly context?: Readonly<Record<string, string | readonly string[] | null | { readonly unknown: string }>>;
  };
  readonly decision: string;
  readonly deciding: readonly string[];
}

const FOLDER = path.resolve("tests/domain/policy/cases");

for (const file of readdirSync(FOLDER).toSorted()) {
  const { topic, cases }: CaseFile = JSON.parse(readFileSync(path.join(FOLDER, file), "utf8"));
  describe(`policy evaluation, ${topic}`, () => {
    for (const one of cases) {
      it(`${one.name}: ${one.decision}`, () => {
        const { decision, deciding } = evaluate(one);
        assert.deepEqual({ decision, deciding }, { decision: one.decision, deciding: one.deciding });
      });
    }
  });
}

function evaluate({ kind = "key", statements, version = "2012-10-17", request }: Case) {
  const policy = parsePolicy({ Version: version, Statement: statements.map(complete) });
  assert.ok(!isProblem(policy));
  const keys = Object.entries(request.context ?? {}).map(([key, value]) => [key, contextValue(value)] as const);
  return evaluatePolicy(policy, kind, {
    principal: request.principal ?? { kind: "aws", arn: "arn:aws:iam::111122223333:role/app" },
    action: request.action ?? "kms:Decrypt",
    resource: request.resource ?? "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    context: { keys: Object.fromEntries(keys), others: "absent" },
  });
}

function complete(statement: Readonly<Record<string, unknown>>): unknown {
  const standard = { Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" };
  const elements = Object.entries({ ...standard, ...statement });
  return Object.fromEntries(elements.filter(([, value]) => value !== null));
}

function contextValue(value: string | readonly string[] | null | { readonly unknown: string }): ContextValue {
  if (value === null) return ABSENT;
  if (typeof value === "string") return present(value);
  return "unknown" in value ? { kind: "unknown", why: value.unknown } : present(...value);
}
