import assert from "node:assert/strict";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { decodeProperties, encodeProperties, holdsUnknown, UNKNOWN } from "./property-values";

const SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signed = (signature: string, more: Readonly<Record<string, unknown>>) => ({
  "4dabf18193072939515e22adb298388d": signature,
  ...more,
});
const secret = (value: unknown) => signed("1b47061264138c4ac30d75fd1eb44270", { value });
const output = (more: Readonly<Record<string, unknown>>) => signed("d0e6a833031e9bbcd3f4e8bde6ca49a4", more);

describe("property values", () => {
  it("are freed of secrets, outputs and references, and remember which top-level properties were secret", () => {
    const { values, secrets } = decodeProperties(
      Struct.fromJavaScript({
        plain: { list: [1, "two", true, null] },
        hidden: { deep: [secret("s")] },
        known: output({ value: "v", dependencies: ["urn"] }),
        secretOutput: output({ value: "v", secret: true }),
        open: output({}),
        unknown: SENTINEL,
        reference: signed("5cf8f73096256a8f31e491e813e4eb8e", { urn: "urn", id: "id-1" }),
      } as never),
    );
    assert.deepEqual(values, {
      plain: { list: [1, "two", true, null] },
      hidden: { deep: ["s"] },
      known: "v",
      secretOutput: "v",
      open: UNKNOWN,
      unknown: UNKNOWN,
      reference: "id-1",
    });
    assert.deepEqual([...secrets].toSorted(), ["hidden", "secretOutput"]);
  });

  it("are written with the engine's own signs", () => {
    const struct = encodeProperties({ open: [UNKNOWN], hidden: "s" }, new Set(["hidden"]));
    assert.deepEqual(struct.toJavaScript(), { open: [SENTINEL], hidden: secret("s") });
  });

  it("hold an unknown when any part of them does", () => {
    assert.equal(holdsUnknown({ a: [{ b: UNKNOWN }] }), true);
    assert.equal(holdsUnknown({ a: [{ b: null }] }), false);
  });
});
