// What the organisation of a lane denies: its resource control policies, which no key policy shows.
// Sources: "Resource control policies", AWS Organizations user guide (documented: they bind AWS services too, KMS is among the
// services that they reach, and everything is allowed by RCPFullAWSAccess unless one denies); service control policies do not
// bind AWS services (documented), so they are not kept here.
// Invariant: a denial holds until it is lifted, for its key or for all keys of the lane.

import type { Policy } from "../../domain/policy/document";
import { parsePolicy } from "../../domain/policy/parse-policy";
import { isProblem } from "../../domain/problem";

export interface OrganisationDenial {
  /** Null: all keys of the lane. */
  readonly keyArn: string | null;
  readonly policy: Policy;
  /** How a start that it stops fails; null: as a key policy would make it fail. */
  readonly text: string | null;
}

export class Organisation {
  #denials: readonly OrganisationDenial[] = [];

  get denials(): readonly OrganisationDenial[] {
    return this.#denials;
  }

  /** `policy` is a resource control policy as text. Throws RangeError when it cannot be read. */
  deny({ keyArn, policy, text }: { keyArn: string | null; policy: string | null; text: string | null }): void {
    const document = policy ?? strangersDenied(keyArn ?? "*");
    this.#denials = [...this.#denials, { keyArn, policy: parsed(document), text }];
  }

  /** Lifts the denials of one key, or, with null, all of them. */
  allow(keyArn: string | null): void {
    this.#denials = keyArn === null ? [] : this.#denials.filter((denial) => denial.keyArn !== keyArn);
  }

  /** The levels of policies that a request for the key has to pass; none when nothing is denied. */
  levelsFor(keyArn: string): readonly (readonly Policy[])[] {
    const policies = this.#of(keyArn).map(({ policy }) => policy);
    return policies.length === 0 ? [] : [[parsed(FULL_ACCESS), ...policies]];
  }

  textFor(keyArn: string): string | null {
    return this.#of(keyArn).find(({ text }) => text !== null)?.text ?? null;
  }

  #of(keyArn: string): readonly OrganisationDenial[] {
    return this.#denials.filter((denial) => denial.keyArn === null || denial.keyArn === keyArn);
  }
}

const FULL_ACCESS = document({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" });

/** The usual slip: strangers are kept out, and AWS's services, which belong to no organisation, with them. */
function strangersDenied(resource: string): string {
  const Condition = { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
  return document({
    Sid: "OnlyOurOrganisation",
    Effect: "Deny",
    Principal: "*",
    Action: "kms:*",
    Resource: resource,
    Condition,
  });
}

function document(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function parsed(text: string): Policy {
  const policy = parsePolicy(text);
  if (!isProblem(policy)) return policy;
  throw new RangeError(
    "the policy of the organisation is no policy document; give a resource control policy as JSON text",
  );
}
