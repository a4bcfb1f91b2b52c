import assert from "node:assert/strict";
import { launchReads, launchSites } from "../../../policypack/rules/launch/launch-sites";
import { platformVersion } from "../../../policypack/rules/launch/platform-version";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import {
  EVENT_TARGET,
  EXPRESS_SERVICE,
  JOB_DEFINITION,
  NATIVE_EVENT_RULE,
  NATIVE_JOB_DEFINITION,
  NATIVE_PIPE,
  NATIVE_SCHEDULE,
  NATIVE_STATE_MACHINE,
  PIPE,
  SCHEDULE,
  STATE_MACHINE,
  TASK_DEFINITION,
} from "../../../policypack/rules/resource-types";
import type { Fail, Verdict } from "../../../policypack/rules/verdict";
import { asked } from "../circumstances";
import { containerJson, machineJson } from "../compliant/launch";
import { subject } from "../subjects";

/** Pulumi's stand-in for a text that is not known yet, as it may be caught inside JSON. */
const STAND_IN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function check(type: string, properties: Properties): Verdict {
  const verdict = platformVersion.checkResource?.({ ...subject(type), properties }, asked(platformVersion));
  return verdict ?? assert.fail("there is no check of a resource");
}

function failed(verdict: Verdict): Fail {
  return verdict.kind === "fail" ? verdict : assert.fail(`it is ${verdict.kind}: ${verdict.reason}`);
}

type Placed = (part: unknown) => Properties;

const NESTED: readonly (readonly [string, Placed, RegExp])[] = [
  [EVENT_TARGET, (part) => ({ arn: "shop", ecsTarget: part }), /\n {4}ecsTarget: \{\n- /],
  [NATIVE_EVENT_RULE, (part) => ({ targets: [{ arn: "fn" }, { arn: "shop", ecsParameters: part }] }), /targets: \[\{/],
  [SCHEDULE, (part) => ({ target: { arn: "shop", ecsParameters: part } }), /target: \{\n +ecsParameters: \{\n- /],
  [
    NATIVE_SCHEDULE,
    (part) => ({ target: { arn: "shop", ecsParameters: part } }),
    /target: \{\n +ecsParameters: \{\n- /,
  ],
  [PIPE, (part) => ({ target: "shop", targetParameters: { ecsTaskParameters: part } }), /ecsTaskParameters: \{\n- /],
  [NATIVE_PIPE, (part) => ({ target: "shop", targetParameters: { ecsTaskParameters: part } }), /ecsTaskParameters: \{/],
];

for (const [type, placed, change] of NESTED) {
  describe(`platform-version on ${type}`, () => {
    const launch = (broken: object) => placed({ taskDefinitionArn: "web", launchType: "FARGATE", ...broken });

    it("fails on an old pin, and shows the change where the pin stands", () => {
      const { reason, change: shown } = failed(check(type, launch({ platformVersion: "1.3.0" })));
      assert.match(reason, /"web" is pinned to the retired platform version "1\.3\.0"/);
      assert.match(shown.join("\n"), change);
      assert.match(shown.join("\n"), /- +platformVersion: "1\.3\.0",\n\+ +platformVersion: "LATEST",/);
    });

    it("passes from 1.4.0 on, with LATEST and without a pin, also beside what providers leave behind", () => {
      for (const pin of ["1.4.0", "1.10.0", "LATEST", "", undefined]) {
        assert.equal(check(type, launch({ platformVersion: pin, __defaults: [] })).kind, "pass", pin);
      }
    });

    it("reads both names of a strategy, and is not applicable on EC2", () => {
      for (const name of ["capacityProviderStrategies", "capacityProviderStrategy"]) {
        const on = (capacityProvider: unknown) =>
          launch({ launchType: undefined, [name]: [{ capacityProvider }], platformVersion: "1.3.0" });
        assert.equal(check(type, on("FARGATE_SPOT")).kind, "fail");
        assert.equal(check(type, on("asg")).kind, "notApplicable");
        assert.equal(check(type, on(UNKNOWN)).kind, "unknown");
      }
      assert.equal(check(type, launch({ launchType: "EC2", platformVersion: "1.3.0" })).kind, "notApplicable");
    });

    it("is unknown when the pin is, or the whole ECS part, or where an old pin will run", () => {
      assert.equal(check(type, launch({ platformVersion: UNKNOWN })).kind, "unknown");
      assert.equal(check(type, placed(UNKNOWN)).kind, "unknown");
      assert.equal(check(type, launch({ launchType: UNKNOWN, platformVersion: "1.3.0" })).kind, "unknown");
    });

    it("has no word for what launches no ECS task, or may launch none", () => {
      for (const none of [undefined, null, { __defaults: [] }]) {
        assert.equal(check(type, placed(none)).kind, "notApplicable");
      }
      const dark = Object.fromEntries((launchReads()[type] ?? []).map((name) => [name, UNKNOWN]));
      if (type !== EVENT_TARGET) assert.equal(check(type, dark).kind, "notApplicable");
    });

    it("mends the pin where it stands", () => {
      const whole = { ...subject(type), properties: launch({ platformVersion: "1.3.0" }) };
      const [mending, ...more] = platformVersion.remediate?.(whole) ?? [];
      assert.equal(more.length, 0);
      assert.equal(mending?.value, "LATEST");
      const held = mending.path.reduce<unknown>((at, name) => (at as Properties)[name], whole.properties);
      assert.equal(held, "1.3.0");
    });
  });
}

describe("platform-version on Batch job definitions", () => {
  const fargate = { platformCapabilities: ["FARGATE"] };
  const container = (pin: unknown, rest = {}) => ({ ...fargate, containerProperties: containerJson(pin, rest) });

  it("fails on an old pin in each of the three texts, in any case of its names", () => {
    const pinned = { fargatePlatformConfiguration: { platformVersion: "1.3.0" } };
    const texts: readonly (readonly [string, unknown])[] = [
      ["containerProperties", pinned],
      ["containerProperties", { FargatePlatformConfiguration: { PlatformVersion: "1.3.0" } }],
      ["ecsProperties", { taskProperties: [{ platformVersion: "1.3.0", containers: [] }] }],
      ["nodeProperties", { nodeRangeProperties: [{ container: pinned }] }],
      [
        "nodeProperties",
        { nodeRangeProperties: [{ ecsProperties: { taskProperties: [{ platformVersion: "1.3.0" }] } }] },
      ],
    ];
    for (const [property, value] of texts) {
      const { change } = failed(check(JOB_DEFINITION, { ...fargate, [property]: JSON.stringify(value) }));
      assert.match(change.join("\n"), new RegExp(`${property}: JSON\\.stringify\\(\\{`));
      assert.match(change.join("\n"), /- +[pP]latformVersion: "1\.3\.0"/);
      failed(check(NATIVE_JOB_DEFINITION, { ...fargate, [property]: value }));
    }
  });

  it("mends what aws-native holds as inputs, and no text", () => {
    const containerProperties = { fargatePlatformConfiguration: { platformVersion: "1.3.0" } };
    const mendings = (type: string, properties: Properties) =>
      platformVersion.remediate?.({ ...subject(type), properties: { ...fargate, ...properties } });
    assert.deepEqual(mendings(JOB_DEFINITION, container("1.3.0")), []);
    assert.deepEqual(mendings(NATIVE_JOB_DEFINITION, { containerProperties }), [
      { path: ["containerProperties", "fargatePlatformConfiguration", "platformVersion"], value: "LATEST" },
    ]);
  });

  it("passes with a new pin, LATEST or none", () => {
    for (const pin of ["1.4.0", "LATEST", undefined]) assert.equal(check(JOB_DEFINITION, container(pin)).kind, "pass");
  });

  it("knows Windows' 1.0.0 by the operating system in the same text, and Linux as its default", () => {
    const windows = { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } };
    assert.equal(check(JOB_DEFINITION, container("1.0.0", windows)).kind, "pass");
    assert.match(failed(check(JOB_DEFINITION, container("1.0.0"))).reason, /2020-12-14/);
    const unseen = { runtimePlatform: { operatingSystemFamily: STAND_IN } };
    assert.equal(check(JOB_DEFINITION, container("1.0.0", unseen)).kind, "unknown");
  });

  it("is not applicable on EC2, which is Batch's default, and unknown when the capabilities are", () => {
    for (const platformCapabilities of [undefined, [], ["EC2"]]) {
      assert.equal(check(JOB_DEFINITION, { ...container("1.3.0"), platformCapabilities }).kind, "notApplicable");
    }
    for (const platformCapabilities of [UNKNOWN, [UNKNOWN]]) {
      const verdict = check(JOB_DEFINITION, { ...container("1.3.0"), platformCapabilities });
      assert.equal(verdict.kind, "unknown");
      assert.match(verdict.reason, /platformCapabilities is not known yet/);
    }
  });

  it("has no word for a text that is not known yet, is no JSON, or holds something else", () => {
    for (const text of [UNKNOWN, STAND_IN, `{"image": ${STAND_IN}`, "{", "[]", "null", "7", '"text"', 7]) {
      const verdict = check(JOB_DEFINITION, { ...fargate, containerProperties: text });
      assert.ok(["notApplicable", "pass"].includes(verdict.kind), `${String(text)}: ${verdict.kind}`);
    }
  });

  it("is unknown when only the pin in the text is not known yet", () => {
    assert.equal(check(JOB_DEFINITION, container(STAND_IN)).kind, "unknown");
    assert.equal(check(JOB_DEFINITION, container("1.4.0", { image: STAND_IN })).kind, "pass");
  });
});

describe("platform-version on state machines", () => {
  const of = (definition: unknown) => check(STATE_MACHINE, { definition });
  const old = { PlatformVersion: "1.3.0" };

  it("fails on an old pin of every form of ecs:runTask, naming the state", () => {
    for (const call of ["ecs:runTask", "ecs:runTask.sync", "ecs:runTask.waitForTaskToken", "aws-sdk:ecs:runTask"]) {
      for (const partition of ["aws", "aws-cn"]) {
        const { reason } = failed(of(machineJson(old, { Resource: `arn:${partition}:states:::${call}` })));
        assert.match(reason, /^State "Run" of state machine "web" is pinned to the retired platform version "1\.3\.0"/);
      }
    }
    assert.equal(of(machineJson(old, { Resource: "arn:aws:states:::lambda:invoke" })).kind, "notApplicable");
  });

  it("passes with a new pin, LATEST or none, and is not applicable on EC2", () => {
    for (const pin of ["1.4.0", "LATEST", undefined]) {
      assert.equal(of(machineJson({ PlatformVersion: pin })).kind, "pass");
    }
    assert.equal(of(machineJson({ ...old, LaunchType: "EC2" })).kind, "notApplicable");
    const strategy = { LaunchType: undefined, CapacityProviderStrategy: [{ CapacityProvider: "asg" }] };
    assert.equal(of(machineJson({ ...old, ...strategy })).kind, "notApplicable");
    const spot = { LaunchType: undefined, CapacityProviderStrategy: [{ CapacityProvider: "FARGATE_SPOT" }] };
    assert.equal(of(machineJson({ ...old, ...spot })).kind, "fail");
  });

  it("finds states in branches and item processors, at any depth, and names all that fail", () => {
    const { States } = JSON.parse(machineJson(old));
    const mapped = { Type: "Map", ItemProcessor: { States } };
    const former = { Type: "Map", Iterator: { States: { Each: States.Run } } };
    const branches = [{ States: { Map: mapped } }, { States: { Former: former } }];
    const { change, evidence } = failed(
      of(JSON.stringify({ States: { Split: { Type: "Parallel", Branches: branches } } })),
    );
    assert.match(
      change.join("\n"),
      /Branches: \[\{\n +States: \{\n +Map: \{\n +ItemProcessor: \{\n +States: \{\n +Run: /,
    );
    assert.match(evidence.join("\n"), /State "Each" of state machine "web" is pinned/);
  });

  it("reads Arguments of JSONata machines, where an expression is unknown", () => {
    const args = (values: unknown) => machineJson({}, { Parameters: undefined, Arguments: values });
    assert.equal(of(args({ LaunchType: "FARGATE", ...old })).kind, "fail");
    for (const values of ["{% $input %}", { LaunchType: "FARGATE", PlatformVersion: "{% $v %}" }]) {
      const verdict = of(args(values));
      assert.match(verdict.reason, /takes its platform version from what it is given when it runs/);
      assert.equal(verdict.kind, "unknown");
    }
    assert.match(of(args({ LaunchType: "{% $t %}", ...old })).reason, /runs on Fargate is open: its input decides/);
    assert.equal(of(args({ LaunchType: "{% $t %}", PlatformVersion: "1.4.0" })).kind, "pass");
  });

  it("is unknown when a JSONPath or a substitution gives the pin, but not on EC2", () => {
    assert.equal(of(machineJson({ "PlatformVersion.$": "$.version" })).kind, "unknown");
    assert.equal(of(machineJson({ PlatformVersion: "$" + "{Version}" })).kind, "unknown");
    assert.equal(of(machineJson({ "PlatformVersion.$": "$.version", LaunchType: "EC2" })).kind, "notApplicable");
  });

  it("reads both forms of aws-native's definition, and mends the one that is plain input", () => {
    const text = machineJson(old);
    failed(check(NATIVE_STATE_MACHINE, { definitionString: text }));
    const properties = { definition: JSON.parse(text) };
    failed(check(NATIVE_STATE_MACHINE, properties));
    assert.deepEqual(platformVersion.remediate?.({ ...subject(NATIVE_STATE_MACHINE), properties }), [
      { path: ["definition", "States", "Run", "Parameters", "PlatformVersion"], value: "LATEST" },
    ]);
    assert.deepEqual(platformVersion.remediate?.(subject(STATE_MACHINE, { definition: text })), []);
  });

  it("has no word for a definition that is not known yet, is no JSON, or is no state machine", () => {
    const odd = [
      UNKNOWN,
      STAND_IN,
      "{",
      "[]",
      "null",
      '{"States": 7}',
      '{"States": {"A": null, "B": [], "C": 7}}',
      7,
      "",
    ];
    for (const definition of odd) assert.equal(of(definition).kind, "notApplicable", String(definition));
  });

  it("ends on a definition that is deeper than any that Step Functions takes", () => {
    let machine: object = JSON.parse(machineJson(old));
    for (let depth = 0; depth < 200; depth += 1) machine = { States: { M: { Type: "Map", ItemProcessor: machine } } };
    assert.equal(of(JSON.stringify(machine)).kind, "notApplicable");
  });

  it("judges 1.0.0 by the one task definition that it launches", () => {
    const atTheEnd = (family: string) => {
      const definition = subject(TASK_DEFINITION, {
        family: "web",
        runtimePlatform: { operatingSystemFamily: family },
      });
      const machine = subject(STATE_MACHINE, { definition: machineJson({ PlatformVersion: "1.0.0" }) });
      const findings = platformVersion.checkStack?.([definition, machine], asked(platformVersion)) ?? [];
      return findings.map(({ verdict }) => verdict.kind);
    };
    assert.deepEqual(atTheEnd("WINDOWS_SERVER_2022_CORE"), ["pass"]);
    assert.deepEqual(atTheEnd("LINUX"), ["fail"]);
  });
});

describe("the launches of a resource", () => {
  it("are on Fargate for Express services, which pin nothing", () => {
    assert.equal(check(EXPRESS_SERVICE, { cluster: "shop" }).kind, "pass");
  });

  it("are none for every other type", () => {
    assert.deepEqual(launchSites(subject(TASK_DEFINITION)), []);
  });
});
