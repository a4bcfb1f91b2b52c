// Whether a key policy lets Fargate use the key for the tasks of one cluster, call by call, with the statement that decides.
//
// Invariants
//   pass: all four calls are allowed; fail: at least one surely is not; unknown: neither can be said
//   a call that is not allowed names the change that would allow it
//   only the key policy is judged: an RCP or SCP of the organisation may still deny, and no document here shows it

import { fargateAsker } from "./fargate-asker";
import { FARGATE_CALLS, type FargateCall, type FargatePlace, fargateKmsRequest } from "./fargate-kms-request";
import { type KeyCallAccess, keyCallAccess } from "./key-call-access";
import { accountOfKey } from "./kms-key";
import type { PolicyProblem } from "./policy/document";
import { parsePolicy } from "./policy/parse-policy";
import { describeProblem, isProblem } from "./problem";

export interface KeyAccessQuestion {
  /** The document as text (GetKeyPolicy) or as its JSON value. */
  readonly policy: unknown;
  /** 12 digits: the cluster's account. */
  readonly account: string;
  readonly region: string;
  readonly clusterName: string;
  readonly keyArn?: string;
  /** 12 digits. @default the account in `keyArn`, else `account` */
  readonly keyAccount?: string;
}

export interface CallAccess extends FargateCall, KeyCallAccess {}

export interface FargateKeyAccess {
  readonly verdict: "pass" | "fail" | "unknown";
  readonly reason: string;
  /** Empty only when the policy could not be read. */
  readonly calls: readonly CallAccess[];
  /** What is wrong in the document itself, whether it matters to Fargate or not. */
  readonly problems: readonly PolicyProblem[];
}

export function fargateKeyAccess(question: KeyAccessQuestion): FargateKeyAccess {
  const policy = parsePolicy(question.policy);
  if (isProblem(policy)) {
    return { verdict: "unknown", reason: describeProblem(policy), calls: [], problems: [] };
  }
  const place = placeOf(question);
  const calls = FARGATE_CALLS.map((call): CallAccess => {
    const asked = { asker: fargateAsker(call, place), request: fargateKmsRequest(call, place) };
    return { ...call, ...keyCallAccess(policy, asked) };
  });
  return { ...overall(calls, place), calls, problems: policy.problems };
}

function placeOf({ account, region, clusterName, keyArn, keyAccount }: KeyAccessQuestion): FargatePlace {
  const owner = keyArn === undefined ? null : accountOfKey(keyArn);
  const place = { account, region, clusterName, keyAccount: keyAccount ?? owner ?? account };
  return { ...place, keyArn: owner === null ? null : (keyArn ?? null) };
}

function overall(calls: readonly CallAccess[], place: FargatePlace): Pick<FargateKeyAccess, "verdict" | "reason"> {
  const refused = calls.find(({ decision }) => decision === "deny" || decision === "implicit-deny");
  if (refused !== undefined) return { verdict: "fail", reason: `${nameOf(refused)}: ${refused.reason}` };
  const open = calls.find(({ decision }) => decision === "unknown");
  if (open !== undefined) return { verdict: "unknown", reason: `${nameOf(open)}: ${open.reason}` };
  const statements = [...new Set(calls.flatMap(({ deciding }) => deciding))].join(", ");
  return { verdict: "pass", reason: `Fargate may use the key for cluster ${place.clusterName} (${statements})` };
}

function nameOf({ operation, mode }: FargateCall): string {
  return mode === "dryRun" ? `${operation} (dry run)` : operation;
}
