// The statements that a key's policy lacks for the uses it is wanted for, ready to be added to it.
//
// Invariants
//   a statement is one of `useStatements`, for the uses that lack it and for no other
//   its Sid is free in the policy that it is to be added to
//   a call that only an explicit deny stops lacks no statement

import type { KeyPolicyStatement } from "../../domain/fargate-key-policy";
import type { Policy } from "../../domain/policy/document";
import { lowerCase, matchWildcard, piecesOf } from "../../domain/policy/match-wildcard";
import type { AwsPlace } from "../aws-place";
import { type KeyUses, unitedUses, useStatements } from "../key-policy/storage-key-policy";
import type { AskedCall, AskedUse } from "./asked-uses";

export interface MissingStatement {
  readonly statement: KeyPolicyStatement;
  /** The calls that it would let through. */
  readonly lets: readonly AskedCall[];
}

export interface MissingQuestion {
  readonly asked: readonly AskedUse[];
  readonly policy: Policy;
  readonly uses: KeyUses;
  readonly place: AwsPlace;
}

export function missingStatements({ asked, policy, uses, place }: MissingQuestion): readonly MissingStatement[] {
  const lacks = asked.flatMap((use) => use.calls.filter(isLacking).map((call) => ({ use, call })));
  return useStatements(uses, place).flatMap(({ Sid, Action }) => {
    const served = lacks.filter(
      ({ use, call }) => covers(Action, call) && statementFor(Sid, use.alone, place) !== null,
    );
    const statement = statementFor(Sid, unitedUses(served.map(({ use }) => use.alone)), place);
    if (statement === null) return [];
    return [{ statement: { ...statement, Sid: freeSid(Sid, policy) }, lets: served.map(({ call }) => call) }];
  });
}

/** Nothing in the policy allows the call, whether something denies it or not. */
function isLacking({ access: { decision, statements } }: AskedCall): boolean {
  const isRefused = decision === "deny" || decision === "implicit-deny";
  return isRefused && statements.every(({ effect, match }) => effect === "Deny" || match === "no");
}

function covers(actions: readonly string[], { asker }: AskedCall): boolean {
  return actions.some((pattern) => matchWildcard(asker.action.toLowerCase(), lowerCase(piecesOf(pattern))));
}

function statementFor(sid: string, uses: KeyUses, place: AwsPlace): KeyPolicyStatement | null {
  return useStatements(uses, place).find(({ Sid }) => Sid === sid) ?? null;
}

/** The Sid itself, or with the first number from 2 on that is free: IAM asks for Sids that differ within a document (documented). */
function freeSid(sid: string, { statements }: Policy): string {
  const taken = new Set(statements.map((statement) => statement.sid));
  const numbered = statements.map((_, index) => `${sid}${index + 2}`);
  return [sid, ...numbered].find((candidate) => !taken.has(candidate)) ?? sid;
}
