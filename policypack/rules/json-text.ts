// JSON that a program gives as a text, when some or all of it may not be known yet.
//
// Invariants
//   nothing throws: what is no JSON is `malformed`, which the provider refuses by itself
//   a text inside it that holds Pulumi's stand-in for an unknown value is UNKNOWN
// Source: pulumi/pulumi sdk/go/common/resource/plugin/rpc.go, UnknownStringValue: the stand-in is this UUID (documented in code).

import { type Look, UNKNOWN } from "./look";

export type JsonText =
  | { readonly state: "absent" | "unknown" | "malformed" }
  | { readonly state: "known"; readonly value: unknown };

/** `look` is of the property; some providers take an object in place of the text, which is given back as it is. */
export function parseJsonText(look: Look): JsonText {
  if (look.state !== "known") return { state: look.state };
  if (typeof look.value === "object") return { state: "known", value: look.value };
  if (typeof look.value !== "string") return { state: "malformed" };
  if (look.value.trim() === UNKNOWN_TEXT || look.value.length > CHARACTERS_MAX) return { state: "unknown" };
  try {
    return {
      state: "known",
      value: JSON.parse(look.value, (_name, value: unknown) => (isStandIn(value) ? UNKNOWN : value)),
    };
  } catch {
    return { state: look.value.includes(UNKNOWN_TEXT) ? "unknown" : "malformed" };
  }
}

const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** AWS takes a state machine of at most 1 MiB. */
const CHARACTERS_MAX = 2 * 1024 * 1024;

function isStandIn(value: unknown): boolean {
  return typeof value === "string" && value.includes(UNKNOWN_TEXT);
}
