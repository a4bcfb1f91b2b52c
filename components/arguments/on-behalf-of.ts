// A refusal, such as of a mistake in an argument, told as that of the component that was given the argument.
//
// Invariants
//   the engine prints a refusal under the component's type and name, once, without a stack trace; any other error stays as it is
//   its text stays what it is, through however many properties and outputs it travels
//   a function that no component stands for throws the refusal as it is: the stack trace then shows where it was called

import * as pulumi from "@pulumi/pulumi";
import { Refusal } from "./argument-error";

/** What `work` returns. @throws pulumi.ResourceError in place of a Refusal; a promise rejects with it. */
export function onBehalfOf<Result>(component: pulumi.Resource | undefined, work: () => Result): Result {
  try {
    const result = work();
    return result instanceof Promise ? (result.catch((error) => tell(component, error)) as Result) : result;
  } catch (error) {
    return tell(component, error);
  }
}

function tell(component: pulumi.Resource | undefined, error: unknown): never {
  if (component === undefined || !(error instanceof Refusal)) throw error;
  throw toldBy(component, error.message);
}

function toldBy(component: pulumi.Resource, text: string): pulumi.ResourceError {
  const error = new pulumi.ResourceError(text, component, true);
  return Object.defineProperties(error, {
    // Pulumi puts `error serializing property "…": ` in front of the message of an error, once for each property on its way.
    message: fixed(text),
    // What Pulumi prints of an error that comes when the program itself has ended, and what a test runner shows.
    stack: fixed(`${titleOf(component)}: ${text}`),
    // A test runner would print the whole resource, with all that it refers to.
    resource: { value: component, enumerable: false },
  });
}

/** Kept from changes by whoever catches it, without failing for them. */
function fixed(text: string): PropertyDescriptor {
  return { get: () => text, set: () => {}, enumerable: false, configurable: true };
}

/** As the engine writes it. The SDK has the name of a resource in a member that it does not declare. */
function titleOf(component: pulumi.Resource): string {
  const { __name: name } = component as { readonly __name?: string };
  return `${component.constructor.name}${name === undefined ? "" : ` (${name})`}`;
}
