// `permissions [COMMAND]`: the least IAM policy with which a command does its work. No AWS is needed.
// Invariants
//   stdout is the policy document and nothing else, ready for `aws iam create-policy --policy-document file://…`
//   only what was typed limits it: an environment variable would end up in a document that others use

import { partitionOf } from "../../domain/arn";
import { parseKeyReference } from "../../domain/kms-key";
import { isProblem } from "../../domain/problem";
import { COMMAND_OPERATIONS } from "../core/permissions/command-operations";
import { leastPolicy, type PolicyScope } from "../core/permissions/least-policy";
import { FargateCmkError } from "../errors";
import { permissionsText } from "../render/permissions-text";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";
import { usage, wrongValue } from "./option-values";

export interface PermissionsOptions extends GlobalOptions {
  readonly command?: string;
  readonly account?: string;
  readonly cluster?: readonly string[];
  readonly key?: readonly string[];
  readonly probe?: boolean;
  readonly format: "json" | "text";
}

export async function permissionsCommand(options: PermissionsOptions, context: CommandContext): Promise<number> {
  const scope = scopeOf(options);
  const commands = commandsOf(options.command);
  if (options.probe === true && !commands.includes("preflight"))
    throw usage("--probe is of preflight alone", "leave it away, or ask: fargate-cmk permissions preflight --probe");
  const policy = leastPolicy(commands, scope);
  const calls = commands.flatMap((command) =>
    (COMMAND_OPERATIONS[command] ?? []).map((operation) => ({ command, ...operation })),
  );
  if (policy.Statement.length === 0 && options.format === "json") throw needsNone(options.command ?? "");
  const page =
    options.format === "json"
      ? `${JSON.stringify(policy, null, 2)}\n`
      : permissionsText({ commands, scope, width: context.stdout.width });
  context.output.emit("page.rendered", { page });
  context.output.emit("permissions.listed", { commands, scope, policy, calls });
  return EXIT.done;
}

const CALLING = Object.keys(COMMAND_OPERATIONS).filter((name) => (COMMAND_OPERATIONS[name] ?? []).length > 0);

/** The one that was named, or all that call AWS. */
function commandsOf(command: string | undefined): readonly string[] {
  if (command === undefined) return CALLING;
  if (Object.hasOwn(COMMAND_OPERATIONS, command)) return [command];
  throw usage(`there is no command ${JSON.stringify(command)}`, `commands that call AWS: ${CALLING.join(", ")}`);
}

function needsNone(command: string): FargateCmkError {
  return new FargateCmkError("usage", {
    message: `${command} makes no call to AWS, so there is no policy that it needs`,
    remedy: `commands that do: ${CALLING.join(", ")}`,
  });
}

function scopeOf({ account, region, cluster = [], key = [], probe = false }: PermissionsOptions): PolicyScope {
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw wrongValue("--account", account, "give the 12 digits of the account");
  if (region !== undefined && !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region))
    throw wrongValue("--region", region, "give a Region such as eu-west-1");
  for (const name of cluster) {
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name))
      throw wrongValue("--cluster", name, "give the cluster's name; --account and --region say where it is");
  }
  for (const arn of key) checkKey(arn, { account, region });
  return { account: account ?? null, region: region ?? null, clusters: cluster, keys: key, probe };
}

function checkKey(arn: string, { account, region }: { account: string | undefined; region: string | undefined }): void {
  const reference = parseKeyReference(arn);
  if (isProblem(reference) || reference.kind !== "key-arn")
    throw wrongValue("--key", arn, "give the key's ARN: arn:aws:kms:REGION:ACCOUNT:key/ID");
  const [, partition, , keyRegion, keyAccount] = arn.split(":");
  const elsewhere =
    (region !== undefined && (keyRegion !== region || partition !== partitionOf(region))) ||
    (account !== undefined && keyAccount !== account);
  if (elsewhere)
    throw wrongValue("--key", arn, "give a key of the account and Region that --account and --region name");
}
