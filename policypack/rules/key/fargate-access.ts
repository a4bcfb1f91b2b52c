// Whether a key policy lets Fargate use the key for a cluster whose account, Region or name may not be known yet.
//
// Invariants
//   what is not known is tried out: with what the policy itself speaks of, and with one value that it does not speak of
//   `no` means that nothing which is tried helps, so it holds wherever the cluster will be
//   an account or Region that is not known counts in the policy's favour; the update sees both, and the rule is asked again at its end
//   a name that is not known does not: a policy that holds for some names only is then unseen

import { type FargateKeyAccess, fargateKeyAccess } from "../../../domain/fargate-key-access";
import { CLUSTER_ACCOUNT_CONTEXT_KEY, CLUSTER_NAME_CONTEXT_KEY } from "../../../domain/fargate-key-policy";
import type { Policy } from "../../../domain/policy/document";
import { parsePolicy } from "../../../domain/policy/parse-policy";
import { describeProblem, isProblem } from "../../../domain/problem";

/** Null where it is not known. */
export interface SeenPlace {
  readonly account: string | null;
  readonly region: string | null;
  readonly clusterName: string | null;
  readonly keyArn: string | null;
}

export type SeenAccess =
  | { readonly answer: "yes" }
  /** `isMisspelt`: it may be for a condition operator that does not exist. */
  | { readonly answer: "unseen"; readonly why: string; readonly isMisspelt: boolean }
  | { readonly answer: "no"; readonly access: FargateKeyAccess };

/** `document` is the policy as text or as its JSON value. */
export function accessAt(document: unknown, place: SeenPlace): SeenAccess {
  const policy = parsePolicy(document);
  if (isProblem(policy)) return unseen(describeProblem(policy));
  const text = typeof document === "string" ? document : JSON.stringify(document);
  const places = placesFor(policy, text, place);
  if (places.length > PLACES_MAX) return unseen("it speaks of too many accounts, Regions and clusters to try them all");
  const tried = places.map(({ fits, ...one }) => ({ fits, access: fargateKeyAccess({ policy: document, ...one }) }));
  if (tried.some(({ fits, access }) => fits && access.verdict === "pass")) return { answer: "yes" };
  if (tried.some(({ access }) => access.verdict === "pass")) {
    return unseen("it names clusters, and the cluster's name is not known yet");
  }
  const open = tried.find(({ access }) => access.verdict === "unknown")?.access;
  if (open !== undefined)
    return unseen(
      open.reason,
      open.problems.some(({ code }) => code === "unknown-operator"),
    );
  const [nearest] = tried.map(({ access }) => access).toSorted((a, b) => refusals(a) - refusals(b));
  return nearest === undefined ? unseen("it cannot be read") : { answer: "no", access: nearest };
}

/** How many of Fargate's calls are refused. */
export function refusals({ calls }: FargateKeyAccess): number {
  return calls.filter(({ decision }) => decision !== "allow").length;
}

function unseen(why: string, isMisspelt = false): SeenAccess {
  return { answer: "unseen", why, isMisspelt };
}

interface TriedPlace {
  readonly account: string;
  readonly region: string;
  readonly clusterName: string;
  readonly keyArn?: string;
  /** False where the name was only taken from the policy. */
  readonly fits: boolean;
}

const PLACES_MAX = 300;
/** What no policy speaks of by accident. */
const SOME_ACCOUNT = "000000000000";
const SOME_REGION = "us-east-1";
const SOME_NAME = "a-cluster-of-no-name";

function placesFor(policy: Policy, text: string, place: SeenPlace): readonly TriedPlace[] {
  const { keyArn } = place;
  const spoken = (pattern: RegExp) => text.match(pattern) ?? [];
  const accounts = options(place.account, SOME_ACCOUNT, [
    ...valuesOf(policy, CLUSTER_ACCOUNT_CONTEXT_KEY),
    ...spoken(/\b\d{12}\b/g),
  ]);
  const regions = options(place.region, SOME_REGION, spoken(/\b[a-z]{2,4}(?:-[a-z]+){1,2}-\d\b/g));
  const names = options(place.clusterName, SOME_NAME, valuesOf(policy, CLUSTER_NAME_CONTEXT_KEY));
  return accounts.flatMap((account) =>
    regions.flatMap((region) =>
      names.map((clusterName) => ({
        account,
        region,
        clusterName,
        ...(keyArn === null ? {} : { keyArn }),
        fits: place.clusterName !== null || clusterName === SOME_NAME,
      })),
    ),
  );
}

/** What the policy speaks of comes first: of places that are refused alike, a message names that one. */
function options(known: string | null, other: string, spoken: readonly string[]): readonly string[] {
  return known === null ? [...new Set([...spoken, other])] : [known];
}

/** What its conditions on one encryption context key name; of a pattern, a value that it matches. */
function valuesOf({ statements }: Policy, contextKey: string): readonly string[] {
  const key = `kms:encryptioncontext:${contextKey}`.toLowerCase();
  const clauses = statements.flatMap(({ conditions }) => conditions).filter((one) => one.key.toLowerCase() === key);
  return clauses.flatMap(({ values }) => values).map((value) => value.replaceAll("*", "").replaceAll("?", "0"));
}
