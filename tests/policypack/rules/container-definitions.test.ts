import assert from "node:assert/strict";
import { UNKNOWN } from "../../../policypack/rules/look";
import { TASK_DEFINITION } from "../../../policypack/rules/resource-types";
import { containersOf } from "../../../policypack/rules/stack/container-definitions";
import { subject } from "../subjects";

function read(containerDefinitions: unknown) {
  return containersOf(subject(TASK_DEFINITION, { containerDefinitions }));
}

describe("container definitions", () => {
  it("are read from JSON and from blocks alike", () => {
    const containers = [{ name: "app" }, { name: "proxy" }];
    for (const given of [containers, JSON.stringify(containers)]) {
      assert.deepEqual(read(given), { state: "known", containers, isWhole: true });
    }
  });

  it("are absent where nothing is given", () => {
    for (const given of [undefined, null, "", " "]) assert.deepEqual(read(given), { state: "absent" });
  });

  it("are unknown as a whole when they are, or when what stands around the engine's marker is no JSON", () => {
    for (const given of [UNKNOWN, "[04da6b54-80e4-46f7-96ec-b56ff0331ba9]"]) {
      assert.deepEqual(read(given), { state: "unknown" });
    }
  });

  it("are unknown in the one value that holds the engine's marker", () => {
    const marked = JSON.stringify([{ name: "app", image: "repo/04da6b54-80e4-46f7-96ec-b56ff0331ba9" }]);
    const containers = [{ name: "app", image: UNKNOWN }];
    assert.deepEqual(read(marked), { state: "known", containers, isWhole: true });
  });

  it("are known in part when some blocks are not known yet", () => {
    assert.deepEqual(read([UNKNOWN, { name: "app" }]), {
      state: "known",
      containers: [{ name: "app" }],
      isWhole: false,
    });
  });

  it("are unreadable, and no exception, when they are malformed", () => {
    for (const given of ["[", "{}", "null", "[7]", "[[]]", '["app"]', 7, { name: "app" }]) {
      assert.deepEqual(read(given), { state: "unreadable" });
    }
  });
});
