import assert from "node:assert/strict";
import { share } from "../../../migrate/core/report/share";
import { duration, durationAtLeast, instant, vcpu } from "../../../migrate/render/units";

describe("units", () => {
  const durations: readonly [number, string][] = [
    [0, "0 s"],
    [200, "1 s"],
    [59_000, "59 s"],
    [60_000, "1 min"],
    [61_000, "2 min"],
    [119 * 60_000, "119 min"],
    [120 * 60_000, "2 h"],
    [125 * 60_000, "2 h 5 min"],
    [48 * 3_600_000, "2 d"],
    [76 * 3_600_000, "3 d 4 h"],
  ];
  for (const [ms, text] of durations) {
    it(`say ${text} for ${ms} ms: a time to wait is never shortened`, () => assert.equal(duration(ms), text));
  }

  const least: readonly [number, string][] = [
    [59_900, "59 s"],
    [119_000, "1 min"],
    [125 * 60_000 + 59_000, "2 h 5 min"],
    [77 * 3_600_000 - 1, "3 d 4 h"],
  ];
  for (const [ms, text] of least) {
    it(`say ${text} for ${ms} ms: what is the least is never lengthened`, () =>
      assert.equal(durationAtLeast(ms), text));
  }

  it("say an instant in UTC, to the minute", () => {
    assert.equal(instant("2026-11-22T09:14:59.123Z"), "2026-11-22 09:14 UTC");
  });

  const amounts: readonly [number, string][] = [
    [0, "0.0"],
    [0.25, "0.3"],
    [2.5, "2.5"],
    [0.1 + 0.2, "0.3"],
    [14, "14.0"],
  ];
  for (const [amount, text] of amounts) {
    it(`say ${text} for ${amount} vCPU: a need is never rounded down`, () => assert.equal(vcpu(amount), text));
  }

  const shares: readonly [number, number, string][] = [
    [0, 10, "0 %"],
    [10, 10, "100 %"],
    [9_999, 10_000, "99 %"],
    [1, 10_000, "1 %"],
    [96, 318, "30 %"],
    [0, 0, "none to count"],
  ];
  for (const [part, whole, text] of shares) {
    it(`say ${text} for ${part} of ${whole}`, () => assert.equal(share(part, whole), text));
  }
});
