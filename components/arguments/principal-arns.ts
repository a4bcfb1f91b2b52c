// Arguments that name roles and users, each by its own ARN.
// Source: AWS KMS developer guide, "Key policy format" (documented): a principal takes no wildcard within an ARN.
// Invariant: what passes is the ARN of one IAM role or user: no session, no wildcard, no variable, no whole account.

import * as pulumi from "@pulumi/pulumi";
import { parseArn } from "../../domain/arn";
import { isProblem } from "../../domain/problem";
import { ArgumentError } from "./argument-error";
import { checked } from "./checked";

/** Null when the argument is left out, which is not the same as an empty list: that one is refused. */
export function optionalPrincipalArns(
  argument: string,
  arns: pulumi.Input<pulumi.Input<string>[]> | undefined,
  component: pulumi.Resource | undefined,
): pulumi.Output<readonly string[] | null> {
  if (arns === undefined) return pulumi.output(null);
  return checked(arns, (known): readonly string[] | null => checkedPrincipalArns(argument, known), component);
}

/** Each once. @throws ArgumentError that says what to give instead. */
export function checkedPrincipalArns(argument: string, arns: readonly string[]): readonly string[] {
  if (!Array.isArray(arns) || arns.length === 0) {
    throw new ArgumentError(argument, arns, "list at least one role or user by ARN, or leave the argument out");
  }
  return [...new Set(arns.map((arn, index) => checkedPrincipalArn(`${argument}[${index}]`, arn)))];
}

function checkedPrincipalArn(argument: string, text: string): string {
  if (typeof text !== "string") throw new ArgumentError(argument, text, "give the ARN of one role or user");
  const arn = parseArn(text);
  if (isProblem(arn)) throw new ArgumentError(argument, text, `${arn.what}; ${arn.remedy}`);
  if (arn.service === "sts" && arn.resource.startsWith("assumed-role/")) {
    throw new ArgumentError(
      argument,
      text,
      "that is one session of a role, give the role's ARN, arn:aws:iam::ACCOUNT:role/NAME",
    );
  }
  if (arn.service !== "iam" || !/^(role|user)\/./.test(arn.resource)) {
    throw new ArgumentError(argument, text, "give the ARN of one role or user, arn:aws:iam::ACCOUNT:role/NAME");
  }
  if (/[*?$]/.test(text)) {
    throw new ArgumentError(argument, text, "a principal has no wildcard and no variable, name each role or user");
  }
  return text;
}
