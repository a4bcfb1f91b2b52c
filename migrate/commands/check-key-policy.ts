// `check-key-policy`: whether a key policy document lets Fargate use the key for one cluster. No AWS is needed.
// Invariants
//   exit 0 only when all four calls are allowed; 5 when one is refused or cannot be decided
//   only the document is judged: an RCP or SCP of the organisation can still deny, and the answer says so

import path from "node:path";
import { fargateKeyAccess } from "../../domain/fargate-key-access";
import { publicAccess } from "../../domain/key-public-access";
import { parseKeyReference } from "../../domain/kms-key";
import { parsePolicy } from "../../domain/policy/parse-policy";
import { isProblem, type Problem } from "../../domain/problem";
import { readTextFile } from "../adapters/files/read-text-file";
import { parseJson } from "../core/model/parse-document";
import { FargateCmkError } from "../errors";
import { keyPolicyText } from "../render/key-policy-text";
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
  if (key !== undefined) checkKeyArn(key);
  const source = file === "-" ? "standard input" : file;
  const region = regionOf(options, context) ?? ANY_REGION;
  const policy = policyValue(await documentText(file, context), source);
  const parsed = parsePolicy(policy);
  if (isProblem(parsed)) throw notAPolicy(source, parsed);
  const access = fargateKeyAccess({
    policy,
    account,
    region,
    clusterName,
    ...(key === undefined ? {} : { keyArn: key }),
  });
  const allowed = access.verdict === "unknown" ? null : access.verdict === "pass";
  const everyone = publicAccess(policy);
  const summary = keyPolicyText({ clusterName, access, everyone, width: context.stdout.width });
  context.output.emit("policy.checked", { source, account, region, clusterName, allowed, access, everyone, summary });
  return allowed === true ? EXIT.done : EXIT.unproved;
}

function checkKeyArn(key: string): void {
  const reference = parseKeyReference(key);
  if (isProblem(reference) || reference.kind !== "key-arn")
    throw wrongValue("--key", key, "give the key's ARN: arn:aws:kms:REGION:ACCOUNT:key/ID");
}

async function documentText(file: string, context: CommandContext): Promise<string> {
  return file === "-" ? context.stdin.text() : readTextFile(path.resolve(context.cwd, file), file);
}

function notAPolicy(source: string, { what, value, remedy }: Problem): FargateCmkError {
  return new FargateCmkError("not-a-policy", { message: `${source}: ${what}: ${value}`, remedy });
}

/** Taken as they come: the document itself, or the reply of `aws kms get-key-policy`, which holds it as text under `Policy`. */
function policyValue(text: string, source: string): unknown {
  try {
    return parseJson(text, source);
  } catch (error) {
    if (!(error instanceof FargateCmkError)) throw error;
    const remedy = "give the policy document itself, or what aws kms get-key-policy prints";
    throw new FargateCmkError(error.code, { message: error.message, remedy, cause: error });
  }
}
