import assert from "node:assert/strict";
import fc from "fast-check";
import { sinceKnown } from "../../../migrate/core/machine/since-known";

const on = (arn: string, day: number) => ({ arn, createdAt: `2026-06-${String(day).padStart(2, "0")}T09:00:00.000Z` });
const UNDATED = { arn: "sd/undated", createdAt: new Date(0).toISOString() };
const arnsOf = (listed: readonly { readonly arn: string }[]) => listed.map(({ arn }) => arn);

describe("service deployments since the known ones", () => {
  it("are those that AWS dates after the newest known one, in whatever order it lists them", () => {
    const listed = [on("sd/older", 1), on("sd/ours", 9), on("sd/known", 5), on("sd/oldest", 0)];
    assert.deepEqual(arnsOf(sinceKnown(listed, ["sd/known"])), ["sd/ours"]);
  });

  it("include what cannot be told to be older: dated the same, not dated, or with no known one beside it", () => {
    const listed = [on("sd/known", 5), on("sd/same", 5), UNDATED];
    assert.deepEqual(arnsOf(sinceKnown(listed, ["sd/known"])), ["sd/same", "sd/undated"]);
    assert.deepEqual(arnsOf(sinceKnown([on("sd/a", 1), on("sd/b", 2)], ["sd/aged-out"])), ["sd/a", "sd/b"]);
  });

  it("never leave out the one that came after, and never hold one that was before, whatever was known of those", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.boolean(), (before, knowsAll) => {
        const old = Array.from({ length: before }, (_, day) => on(`sd/${day}`, day + 1));
        const known = arnsOf(knowsAll ? old : old.slice(-1));
        const listed = [on("sd/ours", before + 1), ...old];
        assert.deepEqual(arnsOf(sinceKnown(listed, known)), ["sd/ours"]);
      }),
    );
  });
});
