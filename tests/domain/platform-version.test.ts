import assert from "node:assert/strict";
import {
  canCarryKey,
  comparePlatformVersions,
  isRetired,
  isWindows,
  parsePlatformVersion,
  retirementOf,
} from "../../domain/platform-version";
import { isProblem } from "../../domain/problem";

describe("whether a platform version can carry a customer managed key", () => {
  for (const [version, family, expected] of [
    ["1.4.0", "Linux", "yes"],
    ["1.4.0", null, "yes"],
    ["LATEST", "Linux", "yes"],
    ["LATEST", null, "yes"],
    [null, "Linux", "yes"],
    [null, null, "yes"],
    ["1.10.0", "Linux", "yes"],
    ["2.0.0", "Linux", "yes"],
    ["1.3.0", "Linux", "no"],
    ["1.3.0", null, "no"],
    ["1.0.0", "Linux", "no"],
    ["1.0.0", "Windows_Server_2022_Core", "no"],
    ["LATEST", "WINDOWS_SERVER_2019_FULL", "no"],
    ["1.4.0", "Windows_Server_2019_Core", "no"],
    ["1.4", "Linux", "unknown"],
    ["latest", "Linux", "unknown"],
    ["", "Linux", "unknown"],
  ] as const) {
    it(`${JSON.stringify(version)} on ${family ?? "an unnamed family"}: ${expected}`, () => {
      const found = canCarryKey(version, family);
      assert.equal(found.answer, expected);
      assert.ok(found.reason.length > 0);
    });
  }
});

describe("retired platform versions", () => {
  for (const [version, day] of [
    ["1.0.0", "2020-12-14"],
    ["1.1.0", "2020-12-14"],
    ["1.2.0", "2020-12-14"],
    ["1.3.0", "2026-03-16"],
    ["1.4.0", null],
    ["LATEST", null],
    [null, null],
  ] as const) {
    it(`${version ?? "an absent version"} on Linux takes no new tasks ${day === null ? "never" : `from ${day}`}`, () => {
      assert.equal(retirementOf(version)?.noNewTasksFrom ?? null, day);
      assert.equal(isRetired(version, "Linux"), day !== null);
    });
  }

  it("do not count for Windows, whose 1.0.0 is current", () => {
    assert.equal(isRetired("1.0.0", "Windows_Server_2022_Core"), false);
  });
});

describe("platform versions in order", () => {
  for (const [older, newer] of [
    ["1.3.0", "1.4.0"],
    ["1.9.0", "1.10.0"],
    ["1.4.9", "2.0.0"],
    ["1.4.0", "1.4.1"],
    ["9.9.9", "LATEST"],
  ] as const) {
    it(`${older} comes before ${newer}`, () => {
      assert.ok(compare(older, newer) < 0);
      assert.ok(compare(newer, older) > 0);
      assert.equal(compare(older, older), 0);
    });
  }
});

describe("a family of Windows", () => {
  for (const [family, expected] of [
    ["Windows_Server_2019_Core", true],
    ["WINDOWS_SERVER_2022_FULL", true],
    ["Linux", false],
    ["LINUX", false],
    [null, false],
  ] as const) {
    it(`${expected ? "is" : "is not"} ${family ?? "an absent one"}`, () => assert.equal(isWindows(family), expected));
  }
});

function compare(a: string, b: string): number {
  const [left, right] = [parsePlatformVersion(a), parsePlatformVersion(b)];
  assert.ok(!isProblem(left) && !isProblem(right));
  return comparePlatformVersions(left, right);
}
