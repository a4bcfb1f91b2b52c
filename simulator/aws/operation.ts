// What an operation of the embedded AWS is: a function from a checked input to an output, over one lane of the world.
// Invariants: operations are synchronous; they refuse by throwing AwsError before they change anything.

import type { Caller } from "../world/call";
import type { Lane } from "../world/lane";
import type { WorldState } from "../world/world-state";

export interface Context {
  readonly world: WorldState;
  /** The caller's account and Region. */
  readonly lane: Lane;
  readonly caller: Caller;
}

export type Members = Readonly<Record<string, unknown>>;
export type Operation = (context: Context, input: Members) => Members;

/** Gives an operation its input type. Shapes are checked by the wire layer, so the members are trusted here. */
export function operation<In, Out extends object>(handle: (context: Context, input: In) => Out): Operation {
  return (context, input) => withoutUndefined(handle(context, input as unknown as In));
}

/** AWS leaves members out; it never sends empty ones in their place. */
export function withoutUndefined<T extends object>(value: T): Members & T {
  const out: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) out[name] = member;
  }
  return out as Members & T;
}
