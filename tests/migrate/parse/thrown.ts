// The FargateCmkError that a call throws, as a plain value to compare with.

import assert from "node:assert/strict";
import { FargateCmkError } from "../../../migrate/errors";

export function thrownBy(call: () => unknown): { readonly code: string; readonly message: string } {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof FargateCmkError, `not a FargateCmkError: ${String(error)}`);
    return { code: error.code, message: error.message };
  }
  return assert.fail("nothing was thrown");
}
