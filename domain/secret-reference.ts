// What a container's secret refers to: a Secrets Manager secret or a Systems Manager parameter, here or elsewhere.
// Source: Amazon ECS API reference, Secret.valueFrom (documented): a secret's ARN may be followed by a JSON key, a version stage and
// a version id; a parameter in the task's own Region may be given by its name alone. Parameter Store, "parameter versions"
// (documented): a parameter's name may be followed by a version or a label.

import { parseArn } from "./arn";
import { isProblem } from "./problem";

export interface SecretReference {
  readonly kind: "secret" | "parameter";
  /** The secret or parameter itself, as it can be asked for: an ARN or a parameter's name, without what followed it. */
  readonly reference: string;
  /** 12 digits and a Region when the reference is an ARN; null when it is a name, which means the task's own. */
  readonly account: string | null;
  readonly region: string | null;
  /** The parameter's name as Systems Manager lists it, without a version or label, or what stands after `secret:`. */
  readonly name: string;
}

/** ARN parts before the resource, then `secret` and its name. */
const SECRET_ARN_PARTS = 7;
/** ARN parts before the resource, then `parameter` and its name in one. */
const PARAMETER_ARN_PARTS = 6;

export function parseSecretReference(written: string): SecretReference {
  const arn = parseArn(written);
  if (isProblem(arn)) {
    const name = beginningOf(written, 1);
    return { kind: "parameter", reference: name, account: null, region: null, name };
  }
  const { account, region } = arn;
  if (arn.service === "secretsmanager") {
    const reference = beginningOf(written, SECRET_ARN_PARTS);
    return { kind: "secret", reference, account, region, name: reference.slice(reference.lastIndexOf(":") + 1) };
  }
  const reference = beginningOf(written, PARAMETER_ARN_PARTS);
  return { kind: "parameter", reference, account, region, name: parameterName(beginningOf(arn.resource, 1)) };
}

/**
 * What a parameter may be called: its ARN leaves out whether a name without a hierarchy begins with a slash, so that there are two.
 * Source: AWS CDK, arnForParameterName (reported).
 */
export function parameterNames({ name, account }: Pick<SecretReference, "name" | "account">): readonly string[] {
  return account === null || name.startsWith("/") ? [name] : [name, `/${name}`];
}

/** Names hold no colon: what follows one more is a key, a version or a label. */
function beginningOf(written: string, parts: number): string {
  return written.split(":").slice(0, parts).join(":");
}

/** `parameter/db` is parameter `db`; `parameter/app/db` is parameter `/app/db`: hierarchies keep their leading slash. */
function parameterName(resource: string): string {
  const path = resource.replace(/^parameter/, "");
  return path.indexOf("/", 1) < 0 ? path.replace(/^\//, "") : path;
}
