import assert from "node:assert/strict";
import { taskUserInHostMode } from "../../../policypack/rules/access/task-user-in-host-mode";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import { NATIVE_TASK_DEFINITION, TASK_DEFINITION } from "../../../policypack/rules/resource-types";
import type { Verdict } from "../../../policypack/rules/verdict";
import { asked } from "../circumstances";
import { inHostMode } from "../compliant/access";
import { judged } from "../judged";
import { SCENES } from "../scenes/task-user-in-host-mode";
import { subject } from "../subjects";

function check(properties: Properties, type = TASK_DEFINITION): Verdict {
  const verdict = taskUserInHostMode.checkResource?.(subject(type, properties), asked(taskUserInHostMode));
  return verdict ?? assert.fail("there is no check of a resource");
}

function container(broken: Properties): Verdict {
  return check(inHostMode(broken));
}

describe("task-user-in-host-mode", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(taskUserInHostMode, SCENES));

  it("passes with a user that is not root, by name, by number and with a group", () => {
    for (const user of ["app", "1000", "1000:0", "rooty", "10:10"])
      assert.equal(container({ user }).kind, "pass", user);
  });

  it("passes with a container that is privileged on purpose", () => {
    for (const privileged of [true, "true"]) assert.equal(container({ privileged, user: undefined }).kind, "pass");
  });

  it("fails with root, in every spelling of it", () => {
    for (const user of [undefined, null, "", " ", "root", "root:app", "0", "0:0", "00"]) {
      for (const privileged of [undefined, null, false, "false"]) {
        assert.equal(container({ user, privileged }).kind, "fail", `${user} ${privileged}`);
      }
    }
  });

  it("names each container that is root, and shows the change for it alone", () => {
    const containers = [{ name: "agent" }, { name: "log", user: "root" }, { name: "web", user: "app" }];
    const verdict = check({ ...inHostMode(), containerDefinitions: JSON.stringify(containers) });
    assert.ok(verdict.kind === "fail");
    assert.match(verdict.reason, /^Task definition "web" runs as root .* in "agent", "log"\.$/);
    assert.deepEqual(verdict.evidence, [
      '"agent": user is absent, privileged is absent',
      '"log": user is "root", privileged is absent',
    ]);
    assert.deepEqual(verdict.change.slice(5, 10), [
      "      },",
      "      {",
      '        name: "log",',
      '-       user: "root",',
      '+       user: "1000:1000",   // any but root',
    ]);
  });

  it("shows aws-native's list as a list", () => {
    const verdict = check({ networkMode: "host", containerDefinitions: [{ name: "agent" }] }, NATIVE_TASK_DEFINITION);
    assert.ok(verdict.kind === "fail" && verdict.change.includes("    containerDefinitions: ["));
  });

  it("does not judge another network mode, nor Fargate", () => {
    for (const networkMode of [undefined, "", "awsvpc", "bridge", "none"]) {
      assert.equal(check({ ...inHostMode({ user: "root" }), networkMode }).kind, "notApplicable");
    }
    const onFargate = { ...inHostMode({ user: "root" }), requiresCompatibilities: ["EC2", "FARGATE"] };
    assert.equal(check(onFargate).kind, "notApplicable");
  });

  it("does not judge what ECS refuses: no containers, or no list of them", () => {
    for (const containerDefinitions of [undefined, "", "{", "{}", "null", '["agent"]', 7]) {
      assert.equal(
        check({ ...inHostMode(), containerDefinitions }).kind,
        "notApplicable",
        String(containerDefinitions),
      );
    }
  });

  it("is unknown where the answer hangs on a value that is not known yet", () => {
    const native = (one: unknown) => ({ networkMode: "host", containerDefinitions: one === UNKNOWN ? UNKNOWN : [one] });
    for (const properties of [
      native(UNKNOWN),
      native({ name: "agent", user: UNKNOWN }),
      native({ name: "agent", user: "root", privileged: UNKNOWN }),
      { networkMode: "host", containerDefinitions: [UNKNOWN, { name: "web", user: "app" }] },
      { ...inHostMode({ user: "root" }), networkMode: UNKNOWN },
    ]) {
      const verdict = check(properties);
      assert.equal(verdict.kind, "unknown");
      assert.match(verdict.reason, /^Whether a container of task definition "web" .* is not known yet\.$/);
    }
  });

  it("does not ask for what makes no difference", () => {
    assert.equal(check({ ...inHostMode(), networkMode: UNKNOWN }).kind, "pass");
    assert.equal(check({ ...inHostMode(), requiresCompatibilities: UNKNOWN }).kind, "pass");
    const chosen = [{ name: "agent", user: "app", privileged: UNKNOWN }];
    assert.equal(check({ networkMode: "host", containerDefinitions: chosen }).kind, "pass");
  });
});
