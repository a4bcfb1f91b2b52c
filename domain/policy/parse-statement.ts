// One statement of a policy document, from JSON to its typed form, with every problem named.
//
// Invariants
//   a statement without Action or without Resource is kept, and has no effect (KMS says so of key policies)
//   an element of the wrong type makes the statement unreadable: it evaluates to unknown

import type { ConditionClause, PatternClause, PolicyProblem, PrincipalClause, Statement } from "./document";
import { hasVariable } from "./expand-variables";
import { noSuchOperator, parseOperator } from "./parse-operator";
import { parsePrincipals } from "./parse-principal";

export interface ParsedStatement {
  readonly statement: Statement;
  readonly problems: readonly PolicyProblem[];
}

type Version = "2012-10-17" | "2008-10-17";
type Report = (code: PolicyProblem["code"], text: string) => void;

export interface StatementPlace {
  /** Counted from 0; the label of a statement without Sid counts from 1. */
  readonly index: number;
  readonly version: Version;
  /** Sids that stand at several statements: their labels carry the number too, so that a label means one statement. */
  readonly repeatedSids: ReadonlySet<string>;
}

export function parseStatement(element: unknown, { index, version, repeatedSids }: StatementPlace): ParsedStatement {
  const problems: PolicyProblem[] = [];
  const fields = isRecord(element) ? element : {};
  const sid = typeof fields.Sid === "string" && fields.Sid !== "" ? fields.Sid : null;
  const numbered = `statement ${index + 1}`;
  const label = sid === null ? numbered : repeatedSids.has(sid) ? `${sid} (${numbered})` : sid;
  const report: Report = (code, text) => problems.push({ code, statement: label, text });
  const reader = new StatementReader(fields, report);
  const statement: Statement = {
    label,
    sid,
    effect: reader.effect(),
    principal: reader.principal(),
    action: reader.patterns("Action"),
    resource: reader.patterns("Resource"),
    conditions: reader.conditions(),
    unreadable: isRecord(element) ? reader.unreadable : "the statement is not a JSON object",
  };
  reportMissing(statement, report);
  if (version === "2008-10-17") reportOldVariables(statement, report);
  return { statement, problems };
}

/** Reads the elements one by one and remembers the first that could not be read. */
class StatementReader {
  unreadable: string | null = null;

  constructor(
    private readonly fields: Readonly<Record<string, unknown>>,
    private readonly report: Report,
  ) {}

  effect(): "Allow" | "Deny" {
    const effect = this.fields.Effect;
    if (effect === "Allow" || effect === "Deny") return effect;
    this.fail("no-effect", `Effect is ${JSON.stringify(effect) ?? "absent"}: it must be Allow or Deny`);
    return "Allow";
  }

  principal(): PrincipalClause | null {
    const name = this.oneOf("Principal");
    if (name === null) return null;
    const principals = parsePrincipals(this.fields[name]);
    for (const { kind, written } of principals) {
      if (kind === "unreadable")
        this.report("unreadable-principal", `${name} ${written} is no principal that AWS takes`);
      if (kind === "deleted") {
        this.report(
          "deleted-principal",
          `${name} ${written} is what AWS shows for a deleted user or role: it matches nobody`,
        );
      }
    }
    return { negated: name === "NotPrincipal", principals };
  }

  patterns(element: "Action" | "Resource"): PatternClause | null {
    const name = this.oneOf(element);
    if (name === null) return null;
    const values = listOf(this.fields[name]);
    const patterns = values.filter((value) => typeof value === "string");
    if (patterns.length < values.length) {
      this.fail(
        "unreadable-element",
        `${name} is ${JSON.stringify(this.fields[name])}: it must be text or a list of texts`,
      );
    }
    return patterns.length === 0 ? null : { negated: name !== element, patterns };
  }

  conditions(): readonly ConditionClause[] {
    const block = this.fields.Condition;
    if (block === undefined) return [];
    if (!isRecord(block)) {
      this.fail("unreadable-element", `Condition is ${JSON.stringify(block)}: it must be a JSON object`);
      return [];
    }
    return Object.entries(block).flatMap(([written, keys]) => this.operatorClauses(written, keys));
  }

  private operatorClauses(written: string, keys: unknown): readonly ConditionClause[] {
    const operator = parseOperator(written);
    if (operator === null) {
      this.report("unknown-operator", noSuchOperator(written));
    }
    if (!isRecord(keys)) {
      this.fail("unreadable-element", `Condition ${written} is ${JSON.stringify(keys)}: it must be a JSON object`);
      return [];
    }
    return Object.entries(keys).map(([key, value]) => {
      if (operator?.set && /^kms:EncryptionContext:/i.test(key)) {
        this.report("set-operator-on-encryption-context", `KMS refuses ${operator.set} on ${key}: it has one value`);
      }
      return { written, operator, key, values: this.conditionValues(written, key, value) };
    });
  }

  private conditionValues(written: string, key: string, value: unknown): readonly string[] {
    const values = listOf(value);
    const texts = values.filter((one) => ["string", "number", "boolean"].includes(typeof one));
    if (texts.length < values.length) {
      this.fail(
        "unreadable-element",
        `Condition ${written} ${key} is ${JSON.stringify(value)}: it must be text or a list`,
      );
    }
    return texts.map(String);
  }

  /** The element's name as it stands there, its Not-form or null; both at once cannot be read. */
  private oneOf(element: "Principal" | "Action" | "Resource"): string | null {
    const negated = `Not${element}`;
    const here = [element, negated].filter((name) => this.fields[name] !== undefined);
    if (here.length === 2) this.fail("two-forms", `the statement has both ${element} and ${negated}: AWS takes one`);
    return here[0] ?? null;
  }

  private fail(code: PolicyProblem["code"], text: string): void {
    this.unreadable ??= text;
    this.report(code, text);
  }
}

function reportMissing(statement: Statement, report: Report): void {
  const consequence = "in a key policy such a statement has no effect, without any error";
  if (statement.action === null) report("no-action", `the statement has no Action: ${consequence}`);
  if (statement.resource === null) report("no-resource", `the statement has no Resource: ${consequence}`);
}

function reportOldVariables(statement: Statement, report: Report): void {
  const texts = [...(statement.resource?.patterns ?? []), ...statement.conditions.flatMap((clause) => clause.values)];
  const found = texts.find(hasVariable);
  if (found === undefined) return;
  report("variable-in-old-version", `${found} stands for itself: policy variables need "Version": "2012-10-17"`);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
