import assert from "node:assert/strict";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import { worldFromFleet } from "../../../simulator/world-from-fleet";

function api(): FleetBuilder {
  return aFleet().cluster("pay").service("api");
}

describe("what the fleet builder tells of deployments", () => {
  it("is a rolling one without hooks, alarms or a bake, unless told", () => {
    const fleet = api().build();
    const [service] = fleet.services;
    assert.deepEqual(
      [service?.strategy, service?.pauseHooks, service?.bakeTimeMinutes, service?.alarms],
      ["ROLLING", 0, 0, { enable: false, rollback: false, names: [] }],
    );
    assert.deepEqual(fleet.extra, {});
  });

  it("writes strategy, bake and alarms as a scan would find them", () => {
    const [service] = api().blueGreen().bake(15).alarms("errors").alarmsOnlyFail().build().services;
    assert.deepEqual(
      [service?.strategy, service?.bakeTimeMinutes, service?.alarms],
      ["BLUE_GREEN", 15, { enable: true, rollback: false, names: ["errors"] }],
    );
  });

  it("counts the hooks that wait, and tells the simulator alone what no scan shows", () => {
    const fleet = api()
      .linear({ stepPercent: 25, stepBakeMinutes: 2 })
      .hooks({ kind: "lambda", stage: "PRODUCTION_TRAFFIC_SHIFT" })
      .hooks({ kind: "pause", stage: "POST_SCALE_UP", timeoutMinutes: 30, onTimeout: "CONTINUE" })
      .build();
    assert.equal(fleet.services[0]?.pauseHooks, 1);
    const { deployments } = fleet.extra.simulator as { deployments: readonly Readonly<Record<string, unknown>>[] };
    assert.deepEqual(deployments[0]?.linearConfiguration, { stepPercent: 25, stepBakeTimeInMinutes: 2 });
    const hooks = deployments[0]?.lifecycleHooks as readonly Readonly<Record<string, unknown>>[];
    assert.deepEqual(hooks[1], {
      targetType: "PAUSE",
      lifecycleStages: ["POST_SCALE_UP"],
      timeoutConfiguration: { timeoutInMinutes: 30, action: "CONTINUE" },
    });
  });

  const nonsense: readonly (readonly [title: string, build: () => unknown, message: RegExp])[] = [
    ["a bake of half a minute", () => api().bake(0.5), /a bake of 0\.5 minutes would be refused; give/],
    [
      "a pause while traffic shifts",
      () => api().blueGreen().hooks({ kind: "pause", stage: "PRODUCTION_TRAFFIC_SHIFT" }).build(),
      /"pay\/api": PAUSE hooks cannot be configured at PRODUCTION_TRAFFIC_SHIFT/,
    ],
    ["steps of 1 percent", () => api().linear({ stepPercent: 1 }).build(), /stepPercent must be between 3 and 100/],
    ["a hook before any service", () => aFleet().bake(5), /\.bake\(\) comes before any service/],
  ];
  for (const [title, build, message] of nonsense) {
    it(`refuses ${title}, naming the value and the next step`, () => {
      assert.throws(build, { name: "FleetProblem", message });
    });
  }

  const strange: readonly (readonly [title: string, deployment: object, message: RegExp])[] = [
    [
      "a service that is not there",
      { cluster: "pay", service: "ghost" },
      /names pay\/ghost, which is not in the fleet/,
    ],
    [
      "a misspelt member",
      { cluster: "pay", service: "api", hooks: [] },
      /"hooks" is no member; they are lifecycleHooks/,
    ],
    [
      "what AWS would refuse",
      { cluster: "pay", service: "api", canaryConfiguration: { canaryPercent: 5 } },
      /service api: canaryConfiguration is only valid with the strategy CANARY/,
    ],
  ];
  for (const [title, deployment, message] of strange) {
    it(`is refused by the simulator with ${title}`, () => {
      const fleet = { ...api().build(), extra: { simulator: { deployments: [deployment] } } };
      assert.throws(() => worldFromFleet(fleet, { seed: 1 }), { name: "RangeError", message });
    });
  }
});
