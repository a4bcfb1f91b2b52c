// Checks an argument as early as its value is known: a plain value at once, an Input inside `apply`, with the same text.
// Invariant: a value that is not known yet stays unknown, lists and objects as a whole; nothing is assumed about it.

import * as pulumi from "@pulumi/pulumi";
import { onBehalfOf } from "./on-behalf-of";

/**
 * What `check` makes of the value. What it refuses, the component refuses, if one is given.
 * @throws what `check` throws: at once for a plain value, else as the output's failure.
 */
export function checked<Value, Result>(
  value: pulumi.Input<Value>,
  check: (value: pulumi.Unwrap<Value>) => Result,
  component?: pulumi.Resource,
): pulumi.Output<Result> {
  if (isPlain(value)) {
    const known = value as pulumi.Unwrap<Value>;
    return pulumi.output(onBehalfOf(component, () => check(known))) as pulumi.Output<Result>;
  }
  return pulumi.output(value).apply<Result>((known) => onBehalfOf(component, () => check(known)));
}

function isPlain(value: unknown): boolean {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return false;
  return typeof value !== "object" || value === null || Object.values(value).every(isPlain);
}
