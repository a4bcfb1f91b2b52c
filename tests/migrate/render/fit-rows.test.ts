import assert from "node:assert/strict";
import fc from "fast-check";
import { fitRows } from "../../../migrate/render/fit-rows";

describe("fitRows", () => {
  it("shows small tables whole and shares what is left among great ones", () => {
    const great = Array.from({ length: 100 }, () => 10);
    assert.deepEqual(fitRows([[10, 10], great, great], 220), [2, 10, 10]);
  });

  it("shows everything where there is room for it", () => {
    assert.deepEqual(fitRows([[1, 2], [], [3]], 6), [2, 0, 1]);
  });

  it("never shows more than there is room for, and cuts nothing without need", () => {
    const rows = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(rows, { maxLength: 8 }), fc.integer({ min: 0, max: 2000 }), (tables, room) => {
        const shown = fitRows(tables, room);
        const sum = (lengths: readonly number[]) => lengths.reduce((total, one) => total + one, 0);
        const used = sum(tables.map((lengths, at) => sum(lengths.slice(0, shown[at]))));
        assert.ok(used <= room);
        if (sum(tables.map(sum)) <= room)
          assert.deepEqual(
            shown,
            tables.map(({ length }) => length),
          );
      }),
    );
  });
});
