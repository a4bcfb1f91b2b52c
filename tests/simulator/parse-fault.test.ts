import assert from "node:assert/strict";
import { FaultError, faultKinds, parseFault } from "../../simulator/parse-fault";

const NOW_MS = 1_800_000_000_000;

describe("a fault that comes as JSON", () => {
  it("may concern alarms, the room for vCPU and trails", () => {
    const faults = [
      { kind: "alarm-fires", alarm: "errors" },
      { kind: "alarm-clears", alarm: "errors" },
      { kind: "vcpu-quota", capacity: "spot", vcpu: 12.5 },
      { kind: "neighbour-takes-vcpu", capacity: "onDemand", vcpu: 3 },
      { kind: "trail-drops-kms", trail: "management-events", region: "eu-west-1" },
    ];
    for (const fault of faults) {
      assert.deepEqual(parseFault(fault, NOW_MS), { kind: "world", fault });
      assert.ok(faultKinds().includes(fault.kind));
    }
  });

  it("may concern hooks, zones and retired hosts", () => {
    const faults = [
      { kind: "hook-fails", cluster: "pay", service: "api" },
      { kind: "zones-rebalanced", cluster: "pay", service: "api", account: "111122223333" },
      { kind: "task-retired", cluster: "pay", service: "api", count: 2 },
    ];
    for (const fault of faults) {
      assert.deepEqual(parseFault(fault, NOW_MS), { kind: "world", fault });
      assert.ok(faultKinds().includes(fault.kind));
    }
  });

  it("may say for how long instead of until when", () => {
    const parsed = parseFault({ kind: "alarm-fires", alarm: "errors", forSeconds: 60 }, NOW_MS);
    assert.deepEqual(parsed.fault, { kind: "alarm-fires", alarm: "errors", untilMs: NOW_MS + 60_000 });
  });

  const wrong: readonly (readonly [title: string, fault: unknown, message: RegExp])[] = [
    [
      "another capacity",
      { kind: "vcpu-quota", capacity: "reserved", vcpu: 1 },
      /capacity must be one of onDemand, spot/,
    ],
    [
      "no amount",
      { kind: "neighbour-takes-vcpu", capacity: "spot" },
      /vcpu must be a number of at least 0, found undefined/,
    ],
    [
      "a misspelt member",
      { kind: "alarm-fires", alarmName: "errors" },
      /"alarmName" is no member of a alarm-fires fault/,
    ],
  ];
  for (const [title, fault, message] of wrong) {
    it(`is refused with ${title}, by its name`, () => {
      assert.throws(
        () => parseFault(fault, NOW_MS),
        (error: Error) => {
          assert.ok(error instanceof FaultError);
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }
});
