// `check-key-policy`: whether a key policy document lets Fargate use the key for one cluster. No AWS is needed.
// Invariants
//   exit 0 only when all four calls are allowed; 5 when one is refused or cannot be decided
//   only the document is judged: an RCP or SCP of the organisation can still deny, and the answer says so

import path from "node:path";
import { type CallAccess, type FargateKeyAccess, fargateKeyAccess } from "../../domain/fargate-key-access";
import { readTextFile } from "../adapters/files/read-text-file";
import { FargateCmkError } from "../errors";
import { regionOf } from "./aws-connection";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";
import { wrongValue } from "./option-values";

export interface CheckKeyPolicyOptions extends GlobalOptions {
  readonly file: string;
  readonly account: string;
  readonly cluster: string;
  readonly key?: string;
}

/** Decides nothing unless the policy names a Region. */
const ANY_REGION = "us-east-1";

export async function checkKeyPolicyCommand(options: CheckKeyPolicyOptions, context: CommandContext): Promise<number> {
  const { account, cluster: clusterName, file, key } = options;
  if (!/^\d{12}$/.test(account)) throw wrongValue("--account", account, "give the 12 digits of the account");
  const source = file === "-" ? "standard input" : file;
  const region = regionOf(options, context) ?? ANY_REGION;
  const policy = policyValue(await documentText(file, context), source);
  const access = fargateKeyAccess({
    policy,
    account,
    region,
    clusterName,
    ...(key === undefined ? {} : { keyArn: key }),
  });
  if (access.calls.length === 0) throw notAPolicy(source, access);
  const allowed = access.verdict === "unknown" ? null : access.verdict === "pass";
  const summary = summaryOf(access);
  context.output.emit("policy.checked", { source, account, region, clusterName, allowed, access, summary });
  return allowed === true ? EXIT.done : EXIT.unproved;
}

async function documentText(file: string, context: CommandContext): Promise<string> {
  return file === "-" ? context.stdin.text() : readTextFile(path.resolve(context.cwd, file));
}

function notAPolicy(source: string, { reason }: FargateKeyAccess): FargateCmkError {
  const remedy = "give a key policy as aws kms get-key-policy shows it";
  return new FargateCmkError("not-a-policy", { message: `${source}: ${reason}`, remedy });
}

/** The document itself, or the reply of `aws kms get-key-policy`, which holds it as text under `Policy`. */
function policyValue(text: string, source: string): unknown {
  try {
    const value: unknown = JSON.parse(text.replace(/^\u{feff}/u, ""));
    const inner = typeof value === "object" && value !== null && "Policy" in value ? value.Policy : value;
    return typeof inner === "string" ? JSON.parse(inner) : inner;
  } catch (cause) {
    throw new FargateCmkError("not-json", {
      message: `${source} is not JSON`,
      remedy: "give the policy document itself",
      cause,
    });
  }
}

function summaryOf({ verdict, reason, calls, problems }: FargateKeyAccess): readonly string[] {
  const words = { pass: "allowed", fail: "not allowed", unknown: "cannot be decided" } as const;
  return [
    `${words[verdict]}: ${reason}`,
    "",
    ...calls.flatMap(callLines),
    ...(problems.length === 0
      ? []
      : ["", "In the document itself:", ...problems.map((problem) => `  ${problem.text}`)]),
    "",
    "Only this document is judged: an organisation's SCP or RCP can still deny.",
  ];
}

function callLines({ operation, mode, decision, reason, change }: CallAccess): readonly string[] {
  const line = `  ${`${operation} ${mode === "dryRun" ? "dry run" : "real"}`.padEnd(45)} ${decision}: ${reason}`;
  return change === null ? [line] : [line, `    → ${change}`];
}
