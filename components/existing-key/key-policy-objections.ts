// Whether the policy of a key that a stack does not own lets every use have its calls, and what its owner would have to add.
//
// Invariants
//   a call that is surely refused is an objection, one that cannot be decided is a doubt; a call that is allowed is neither
//   adding the missing statements leaves no objection but those of explicit denies
//   only the key policy is judged: an SCP or RCP of the organisation may still deny, and a role may lack an IAM policy of its own

import { nearestAllow } from "../../domain/explain-key-access";
import type { KeyPolicyStatement } from "../../domain/fargate-key-policy";
import { parsePolicy } from "../../domain/policy/parse-policy";
import { describeProblem, isProblem } from "../../domain/problem";
import type { AwsPlace } from "../aws-place";
import type { KeyUses } from "../key-policy/storage-key-policy";
import { type AskedCall, type AskedUse, askUses } from "./asked-uses";
import { type MissingStatement, missingStatements } from "./missing-statements";

export interface KeyPolicyQuestion {
  /** The document as JSON text. */
  readonly policy: string;
  /** Null while it is not known. */
  readonly keyArn: string | null;
  /** Where the clusters are. */
  readonly place: AwsPlace;
  readonly uses: KeyUses;
}

export interface KeyObjection {
  /** As in "its policy does not let USER use it for PURPOSE": `Fargate`, `CloudWatch Logs`, the ARN of a role. */
  readonly user: string;
  /** `cluster orders`, `log group /ecs/exec/orders`, `EBS volumes`, `ECS Exec sessions`. */
  readonly purpose: string;
  /** `kms:Operation`. */
  readonly call: string;
  readonly reason: string;
  readonly change: string;
}

export interface KeyPolicyJudgement {
  /** Why the document is no policy at all; the rest is empty then. Null for every policy that can be read. */
  readonly unreadable: string | null;
  /** Calls that are surely refused. */
  readonly objections: readonly KeyObjection[];
  /** Calls of which the policy cannot tell. */
  readonly doubts: readonly KeyObjection[];
  /** What to add to the policy; empty when only denies or doubts stand in the way. */
  readonly missing: readonly KeyPolicyStatement[];
}

export function judgeKeyPolicy({ policy: document, keyArn, place, uses }: KeyPolicyQuestion): KeyPolicyJudgement {
  const policy = parsePolicy(document);
  if (isProblem(policy)) {
    return { unreadable: describeProblem(policy), objections: [], doubts: [], missing: [] };
  }
  const asked = askUses(uses, { policy, keyArn, place });
  const missing = missingStatements({ asked, policy, uses, place });
  return {
    unreadable: null,
    objections: findings(asked, ["deny", "implicit-deny"], missing),
    doubts: findings(asked, ["unknown"], missing),
    missing: missing.map(({ statement }) => statement),
  };
}

type Decision = AskedCall["access"]["decision"];

function findings(
  asked: readonly AskedUse[],
  decisions: readonly Decision[],
  missing: readonly MissingStatement[],
): readonly KeyObjection[] {
  const found = asked.flatMap(({ user, purpose, calls }) =>
    calls
      .filter(({ access }) => decisions.includes(access.decision))
      .map((call) => ({ user, purpose, call: call.asker.action, ...wordsOf(call, missing) })),
  );
  // A dry run and its real call are refused alike, most often, with an encryption context that differs.
  const byChange = new Map(found.toReversed().map((one) => [JSON.stringify({ ...one, reason: null }), one]));
  return found.filter((one) => byChange.get(JSON.stringify({ ...one, reason: null })) === one);
}

type Words = Pick<KeyObjection, "reason" | "change">;

function wordsOf(call: AskedCall, missing: readonly MissingStatement[]): Words {
  const { reason, change, decision } = call.access;
  if (decision === "unknown") return { reason, change: settlingChange(call) };
  const lacking = missing.find(({ lets }) => lets.includes(call));
  if (lacking === undefined) return { reason, change: change ?? "" };
  const addition = `add the statement ${lacking.statement.Sid}`;
  if (decision === "deny") return { reason, change: `${change}; and ${addition}` };
  return nearWords(call, addition) ?? { reason: `no statement allows this to ${call.asker.name}`, change: addition };
}

/** Where a statement is near that could be changed instead; one that would have to lose a condition stays as it is. */
function nearWords({ asker, access }: AskedCall, addition: string): Words | null {
  const near = nearestAllow(access.statements);
  if (near === null) return null;
  const failing = near.conditions.find(({ match }) => match === "no");
  const isClosed = failing === undefined || asker.changeOf(failing.key, near.label) !== null;
  return { reason: access.reason, change: isClosed ? `${access.change}; or ${addition}` : addition };
}

/** A statement that perhaps allows stays as it is, others may need it: one that surely allows goes beside it. */
function settlingChange({ asker, access: { change, deciding, statements } }: AskedCall): string {
  const open = statements.filter(({ label, match }) => match === "unknown" && deciding.includes(label));
  const isPerhapsAllowed = open.every(
    ({ effect, conditions }) => effect === "Allow" && conditions.every(({ operatorExists }) => operatorExists),
  );
  return isPerhapsAllowed ? `add ${asker.documented} to settle it` : (change ?? "");
}
