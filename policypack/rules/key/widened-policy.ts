// The change to a policy whose statements for Fargate name other clusters or another account: a diff of those conditions alone.
// Invariant: null as soon as anything else keeps Fargate out, or the value to add is not known.

import type { CallAccess } from "../../../domain/fargate-key-access";
import { CLUSTER_ACCOUNT_CONTEXT_KEY, CLUSTER_NAME_CONTEXT_KEY } from "../../../domain/fargate-key-policy";
import { parsePolicy } from "../../../domain/policy/parse-policy";
import { isProblem } from "../../../domain/problem";
import { construction } from "../resource-types";
import type { Subject } from "../rule";
import type { SeenPlace } from "./fargate-access";
import { onOneLine } from "./one-line";

export interface Widened {
  readonly holder: Pick<Subject, "type" | "name">;
  readonly property: string;
  readonly document: unknown;
  readonly place: SeenPlace;
  /** Calls that statements would allow but for their conditions. */
  readonly near: readonly CallAccess[];
}

export function widenedPolicy({ holder, property, document, place, near }: Widened): readonly string[] | null {
  const policy = parsePolicy(document);
  if (isProblem(policy)) return null;
  const lacking = near.map(lackingConditions);
  if (lacking.some((keys) => keys === null || keys.length === 0)) return null;
  const wanted = new Map(lacking.flatMap((one) => one ?? []).map((one) => [`${one.label} ${one.key}`, one]));
  const lines = [...wanted.values()].map(({ label, key }) => {
    const value = key.toLowerCase().endsWith(NAME) ? place.clusterName : place.account;
    const clause = policy.statements.find((one) => one.label === label)?.conditions.find((one) => one.key === key);
    return value === null || clause === undefined ? null : diff({ label, key, values: clause.values, value, property });
  });
  if (lines.some((one) => one === null)) return null;
  return [`  ${construction(holder)}`, ...lines.flatMap((one) => one ?? []), "  });"];
}

const NAME = CLUSTER_NAME_CONTEXT_KEY.toLowerCase();
const OURS: readonly string[] = [NAME, CLUSTER_ACCOUNT_CONTEXT_KEY.toLowerCase()];

interface Lacking {
  readonly label: string;
  readonly key: string;
}

/** The conditions of the statements that nearly allow the call; null where another one fails as well. */
function lackingConditions({ decision, statements }: CallAccess): readonly Lacking[] | null {
  if (decision !== "implicit-deny") return null;
  const nearly = statements.filter(
    ({ effect, principal, action, resource }) =>
      effect === "Allow" && principal.match === "yes" && action.match === "yes" && resource.match === "yes",
  );
  const failing = nearly.flatMap(({ label, conditions }) =>
    conditions.filter(({ match }) => match !== "yes").map(({ key }) => ({ label, key })),
  );
  const isOurs = ({ key }: Lacking) => OURS.some((own) => key.toLowerCase() === `kms:encryptioncontext:${own}`);
  return nearly.length === 1 && failing.every(isOurs) ? failing : null;
}

interface Diff extends Lacking {
  readonly values: readonly string[];
  readonly value: string;
  readonly property: string;
}

function diff({ label, key, values, value, property }: Diff): readonly string[] {
  const list = (texts: readonly string[]) => texts.map((text) => JSON.stringify(text)).join(", ");
  return [
    `    // in the ${property}: ${onOneLine(label)}`,
    `-   ${JSON.stringify(key)}: [${onOneLine(list(values))}],`,
    `+   ${JSON.stringify(key)}: [${list([...values, value])}],`,
  ];
}
