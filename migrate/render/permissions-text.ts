// What each permission is for and what goes unseen without it, as a person reads it in a terminal.
// Invariant: whatever a command calls is told, also what its policy does not grant, with the reason why not.

import { COMMAND_OPERATIONS, type OperationUse, ROLE_OPERATION } from "../core/permissions/command-operations";
import { grantedUses, iamActionOf, type PolicyScope } from "../core/permissions/least-policy";
import { counted } from "../core/words/counted";
import { wrap } from "./wrap";

export interface PermissionsPage {
  readonly commands: readonly string[];
  readonly scope: PolicyScope;
  /** Columns of the terminal; at least 80 are used. */
  readonly width: number;
}

export function permissionsText({ commands, scope, width: columns }: PermissionsPage): string {
  const width = Math.max(80, columns);
  const blocks = commands.map((command) => commandBlock(command, scope, width));
  return `${[...blocks, closing(commands, scope, width)].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function commandBlock(command: string, scope: PolicyScope, width: number): readonly string[] {
  const granted = grantedUses([command], scope);
  const others = (COMMAND_OPERATIONS[command] ?? []).filter((one) => !granted.includes(one));
  if (granted.length === 0) return [`${command} makes no call to AWS and needs no permission.`];
  const role = [...others, ROLE_OPERATION];
  return [
    ...wrap(`${command} needs ${counted(granted.length, "permission")} ${where(scope)}`, width),
    ...granted.flatMap((use) => ["", ...grantedLines(use, width)]),
    "",
    "  not in the policy",
    ...role.flatMap((use) => otherLines(use, width)),
  ];
}

function grantedLines(use: OperationUse, width: number): readonly string[] {
  const { standing, note } = iamActionOf(use.operation);
  const limits = note === null ? [] : [`limits: ${note}${standing === "inferred" ? " (inferred)" : ""}`];
  const said = [use.purpose, `without it: ${use.without}`, ...limits];
  return [`  ${use.operation}`, ...said.flatMap((text) => indented(text, 4, width))];
}

function otherLines({ operation, need, purpose, without }: OperationUse, width: number): readonly string[] {
  return [`  ${operation}`, ...indented(`${purpose}; ${whyNot(need, without)}`, 4, width)];
}

/** Why the policy does not grant an operation. */
function whyNot(need: OperationUse["need"], without: string): string {
  switch (need) {
    case "free":
      return without;
    case "all-clusters":
      return "not needed, since the clusters are named";
    case "probe":
      return "only with --probe, and granted with it";
    case "always":
    case "spare":
      return `without it: ${without}`;
  }
}

function where({ account, region, clusters, keys }: PolicyScope): string {
  return [
    account === null ? "in any account" : `in account ${account}`,
    region ?? "any Region",
    clusters.length === 0
      ? "all clusters"
      : `${clusters.length === 1 ? "cluster" : "clusters"} ${clusters.join(" and ")}`,
    ...(keys.length === 0 ? [] : [counted(keys.length, "key")]),
  ].join(", ");
}

function closing(
  commands: readonly string[],
  { account, region, clusters, probe }: PolicyScope,
  width: number,
): readonly string[] {
  const open = [
    ...(account === null ? ["--account"] : []),
    ...(region === null ? ["--region"] : []),
    ...(clusters.length === 0 ? ["--cluster"] : []),
  ];
  const name = `${commands.length === 1 ? ` ${commands[0]}` : ""}${probe === true ? " --probe" : ""}`;
  const narrower = open.length === 0 ? "" : `${open.join(", ")} make it narrower. `;
  return wrap(`${narrower}The policy itself: fargate-cmk permissions${name}`, width);
}

function indented(text: string, columns: number, width: number): readonly string[] {
  return wrap(text, width - columns).map((line) => `${" ".repeat(columns)}${line}`);
}
