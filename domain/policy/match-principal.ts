// Whether a statement's Principal or NotPrincipal means the one who asks, and in which way.
// Source: IAM user guide, "AWS JSON policy elements: Principal" and "NotPrincipal" (documented).
//
// Invariants
//   an account (`…:root` or its id) means the account as a whole: its principals need an IAM policy besides, its root user does not
//   a service principal is named by Service or by everyone ("*", {"AWS": "*"}), never by an account
//   role names are unique in an account, so a session belongs to the role of its name whatever that role's path

import { parseArn } from "../arn";
import { isProblem } from "../problem";
import type { PrincipalClause, PrincipalPattern } from "./document";
import type { RequestPrincipal } from "./request";
import type { Ternary } from "./ternary";

/** In which way a principal was meant; the order is from the closest to the widest. */
export type Via = "session" | "user" | "role" | "root" | "service" | "federated" | "canonical" | "everyone" | "account";

export interface PrincipalOutcome {
  readonly match: Ternary;
  readonly via: Via | null;
  readonly why: string;
}

export function matchPrincipal(clause: PrincipalClause | null, asker: RequestPrincipal): PrincipalOutcome {
  if (clause === null) return { match: "no", via: null, why: "the statement names no principal" };
  const hits = clause.principals.map((pattern) => matchOne(pattern, asker));
  return clause.negated ? matchNotPrincipal(clause, hits, asker) : best(clause, hits);
}

/** The account that an ARN principal belongs to; null for everyone else. */
export function accountOf(asker: RequestPrincipal): string | null {
  return asker.kind === "aws" ? (identityOf(asker.arn)?.account ?? null) : null;
}

export function isAccountRoot(asker: RequestPrincipal): boolean {
  return asker.kind === "aws" && identityOf(asker.arn)?.type === "root";
}

type Hit = { readonly match: Ternary; readonly via: Via; readonly written: string };

function best(clause: PrincipalClause, hits: readonly Hit[]): PrincipalOutcome {
  const closest = (match: Ternary) =>
    hits.filter((hit) => hit.match === match).toSorted((a, b) => rank(a.via) - rank(b.via))[0];
  const found = closest("yes") ?? closest("unknown");
  if (found === undefined) {
    const names = clause.principals.map(({ written }) => written).join(", ");
    return { match: "no", via: null, why: `the principal is ${names || "nobody"}` };
  }
  return { match: found.match, via: found.via, why: `the principal is ${found.written}` };
}

const ORDER: readonly Via[] = [
  "session",
  "user",
  "role",
  "root",
  "service",
  "federated",
  "canonical",
  "everyone",
  "account",
];

function rank(via: Via): number {
  return ORDER.indexOf(via);
}

/**
 * Everyone but the listed. AWS: to except a role or user its account must be listed too, and for a session the session
 * besides, or the statement may still apply to it: one that is listed by halves is therefore unknown. An account alone
 * excepts none of its roles and users.
 */
function matchNotPrincipal(clause: PrincipalClause, hits: readonly Hit[], asker: RequestPrincipal): PrincipalOutcome {
  const names = `everyone except ${clause.principals.map(({ written }) => written).join(", ")}`;
  const own = hits.filter((hit) => hit.via !== "account");
  if (own.some((hit) => hit.match === "yes")) {
    if (isFullyExcepted(hits, asker)) return { match: "no", via: null, why: `the principal is ${names}` };
    return { match: "unknown", via: "everyone", why: `NotPrincipal must list the account and the principal: ${names}` };
  }
  const match = own.some((hit) => hit.match === "unknown") ? "unknown" : "yes";
  return { match, via: "everyone", why: `the principal is ${names}` };
}

function isFullyExcepted(hits: readonly Hit[], asker: RequestPrincipal): boolean {
  const sure = hits.filter((hit) => hit.match === "yes").map((hit) => hit.via);
  const alone: readonly Via[] = ["service", "federated", "canonical", "everyone", "root"];
  if (sure.some((via) => alone.includes(via))) return true;
  const type = asker.kind === "aws" ? identityOf(asker.arn)?.type : undefined;
  const own: readonly Via[] = type === "assumed-role" || type === "federated-user" ? ["session"] : ["role", "user"];
  return sure.includes("account") && sure.some((via) => own.includes(via));
}

function matchOne(pattern: PrincipalPattern, asker: RequestPrincipal): Hit {
  const { written } = pattern;
  const hit = (via: Via, matches: boolean): Hit => ({ match: matches ? "yes" : "no", via, written });
  switch (pattern.kind) {
    case "everyone":
      return hit("everyone", true);
    case "service":
      return hit("service", asker.kind === "service" && asker.name === pattern.name);
    case "federated":
      return hit("federated", asker.kind === "federated" && asker.provider === pattern.provider);
    case "canonical":
      return hit("canonical", asker.kind === "canonical" && asker.id === pattern.id);
    case "account":
      return hit(isAccountRoot(asker) ? "root" : "account", accountOf(asker) === pattern.account);
    case "aws":
      return asker.kind === "aws" ? { ...matchArn(pattern.arn, asker.arn), written } : hit("role", false);
    case "deleted":
      return hit("user", false);
    case "unreadable":
      return { match: "unknown", via: "role", written };
  }
}

function matchArn(named: string, asking: string): Omit<Hit, "written"> {
  const wanted = identityOf(named);
  const actual = identityOf(asking);
  if (wanted === null || actual === null) return { match: named === asking ? "yes" : "unknown", via: "user" };
  const via = viaOf(wanted);
  const isOther =
    wanted.account !== actual.account || wanted.partition !== actual.partition || wanted.name !== actual.name;
  if (isOther) return { match: "no", via };
  if (wanted.type === actual.type) return { match: wanted.session === actual.session ? "yes" : "no", via };
  if (wanted.type === "role" && actual.type === "assumed-role") return { match: "yes", via };
  // The role as such was asked about and one of its sessions is named: it depends on the session.
  if (wanted.type === "assumed-role" && actual.type === "role") return { match: "unknown", via };
  return { match: "no", via };
}

interface Identity {
  readonly partition: string;
  readonly account: string;
  readonly type: "role" | "user" | "root" | "assumed-role" | "federated-user";
  /** The last part of the path, which alone is unique in an account. */
  readonly name: string;
  readonly session: string | null;
}

function viaOf(identity: Identity): Via {
  switch (identity.type) {
    case "role":
      return "role";
    case "root":
      return "root";
    case "user":
      return "user";
    case "assumed-role":
    case "federated-user":
      return "session";
  }
}

function identityOf(text: string): Identity | null {
  const arn = parseArn(text);
  if (isProblem(arn)) return null;
  const { partition, account, service, resource } = arn;
  const [type = "", ...path] = resource.split("/");
  const name = path.at(-1) ?? "";
  if (service === "iam" && resource === "root") return { partition, account, type: "root", name: "", session: null };
  if (service === "iam" && (type === "role" || type === "user"))
    return { partition, account, type, name, session: null };
  if (service === "sts" && type === "federated-user") return { partition, account, type, name, session: null };
  if (service === "sts" && type === "assumed-role" && path.length === 2) {
    return { partition, account, type, name: path[0] ?? "", session: name };
  }
  return null;
}
