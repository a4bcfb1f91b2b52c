// What a key policy lets Fargate do, as a person reads it in a terminal: the answer, then the calls, then what else stands out.
//
// Invariants
//   calls that are decided alike stand in one line, with the change that would let them through below
//   a policy that lets Fargate in together with everyone else is never shown as simply fine

import type { CallAccess, FargateKeyAccess } from "../../domain/fargate-key-access";
import type { PublicAccess } from "../../domain/key-public-access";
import { groupBy } from "../core/group-by";
import { wrap } from "./wrap";

export interface KeyPolicyAnswer {
  readonly clusterName: string;
  readonly access: FargateKeyAccess;
  readonly everyone: PublicAccess;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Lines without line breaks. */
export function keyPolicyText({ clusterName, access, everyone, width }: KeyPolicyAnswer): readonly string[] {
  const [word, what] = ANSWERS[access.verdict];
  const problems = [
    ...new Set(access.problems.map(({ statement, text }) => `${statement ?? "the document"}: ${text}`)),
  ];
  return [
    ...wrap(`${word}: ${what} ${clusterName}`, width),
    "",
    ...decisions(access.calls, width),
    ...(problems.length === 0
      ? []
      : ["", "In the document itself:", ...problems.flatMap((one) => indented(one, 2, width))]),
    ...everyoneLines(everyone, width),
    "",
    ...wrap("Only this document is judged: an organisation's SCP or RCP can still deny.", width),
  ];
}

const ANSWERS: Readonly<Record<FargateKeyAccess["verdict"], readonly [word: string, what: string]>> = {
  pass: ["allowed", "Fargate may use the key for cluster"],
  fail: ["not allowed", "Fargate may not use the key for cluster"],
  unknown: ["cannot be decided", "whether Fargate may use the key for cluster"],
};

/** The dry run and the real call of one operation, when both are decided for the same reason. */
function alike(calls: readonly CallAccess[]): readonly (readonly CallAccess[])[] {
  const keyOf = ({ operation, decision, reason, change }: CallAccess) =>
    JSON.stringify([operation, decision, reason, change]);
  return [...groupBy(calls, keyOf).values()];
}

const MODES: Readonly<Record<CallAccess["mode"], string>> = { dryRun: "dry run", real: "real" };

/** A table where every row has room, else paragraphs. */
function decisions(calls: readonly CallAccess[], width: number): readonly string[] {
  const rows = alike(calls).flatMap((same) => same.slice(0, 1).map((call) => ({ ...call, label: labelOf(same) })));
  const labelWidth = Math.max(...rows.map(({ label }) => label.length));
  const table = rows.map((row) => `  ${row.label.padEnd(labelWidth)}   ${wordsOf(row)}`);
  if (rows.every(({ change }) => change === null) && table.every((line) => line.length <= width)) return table;
  return rows.flatMap((row) => [
    `  ${row.label}`,
    ...indented(wordsOf(row), 4, width),
    ...(row.change === null ? [] : indented(`→ ${row.change}`, 4, width)),
  ]);
}

function labelOf(calls: readonly CallAccess[]): string {
  return `${calls[0]?.operation ?? ""}, ${calls.map(({ mode }) => MODES[mode]).join(" and ")}`;
}

function wordsOf({ decision, reason }: CallAccess): string {
  return decision === "implicit-deny" ? `not allowed: ${reason}` : reason;
}

function everyoneLines({ verdict, statements }: PublicAccess, width: number): readonly string[] {
  if (verdict === "pass") return [];
  const heading = verdict === "fail" ? "Not Fargate alone: the key is open to everyone." : "Maybe not Fargate alone:";
  return ["", heading, ...statements.flatMap(({ label, why }) => indented(`${label}: ${why}`, 2, width))];
}

function indented(text: string, columns: number, width: number): readonly string[] {
  return wrap(text, width - columns).map((line) => `${" ".repeat(columns)}${line}`);
}
