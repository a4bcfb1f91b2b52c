import assert from "node:assert/strict";
import { profileLevels, REGISTRY } from "../../policypack/registry";
import { CLUSTER, KEY, SERVICE, TASK_DEFINITION } from "../../policypack/rules/resource-types";
import { type BundledPack, bundledPack, sourcePack } from "./bundled-pack";
import { type HostResource, type PolicyHost, startPolicyHost, urnOf } from "./policy-host";
import { clusterProperties, compliant, KEY_ARN, REGION } from "./subjects";

const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SECRET = "hunter2-must-not-be-seen";

const cluster = (
  name: string,
  properties = clusterProperties(KEY_ARN),
  rest: Partial<HostResource> = {},
): HostResource => ({
  type: CLUSTER,
  name,
  properties,
  region: REGION,
  ...rest,
});
const service = (name: string, platformVersion: unknown, rest: Partial<HostResource> = {}): HostResource => ({
  type: SERVICE,
  name,
  properties: { launchType: "FARGATE", platformVersion },
  ...rest,
});
const key = (properties: object): HostResource => ({ type: KEY, name: "cmk", properties: { ...properties } });

/** As Pulumi numbers them. */
const LEVELS = ["advisory", "mandatory", "disabled"];

describe("the bundled pack in Pulumi's policy host", () => {
  let pack: BundledPack;
  let host: PolicyHost;

  before(async () => {
    pack = await bundledPack();
    host = await startPolicyHost(pack.folder);
  });

  after(() => {
    host?.stop();
    pack?.remove();
  });

  beforeEach(() => host.configure({}));

  it("prints its port first, and loads neither the aws provider nor the whole SDK", () => {
    assert.match(host.stdout, /^\d+$/);
    assert.deepEqual(
      pack.packages.filter((name) => !/^(@pulumi\/pulumi\/.|google-protobuf\/.|process$)/.test(name)),
      ["@grpc/grpc-js"],
    );
  });

  it("lists its policies in order, at their levels, with what a console shows of them", async () => {
    const info = await host.info();
    assert.equal(info.name, "fargate-cmk-policy");
    assert.deepEqual(
      info.policiesList.map(({ name, enforcementlevel }) => [name, enforcementlevel]),
      Object.entries(profileLevels(REGISTRY, "baseline")).map(([id, level]) => [id, LEVELS.indexOf(level)]),
    );
    for (const { description, severity } of info.policiesList) assert.ok(description !== "" && severity > 0);
  });

  it("says nothing of compliant resources, alone and as a stack", async () => {
    const resources = [
      cluster("web", { ...clusterProperties(KEY_ARN), name: "web" }, { madeFrom: { configuration: [urnOf(key({}))] } }),
      service("api", "1.4.0"),
      key(compliant(KEY)),
    ];
    for (const resource of resources) assert.deepEqual((await host.analyze(resource)).diagnostics, []);
    assert.deepEqual((await host.analyzeStack(resources)).diagnostics, []);
  });

  it("blocks a cluster without a key, with the whole message", async () => {
    const { diagnostics } = await host.analyze(cluster("web", { configuration: {} }));
    assert.equal(diagnostics.length, 1);
    assert.equal(diagnostics[0]?.policy, "cluster-fargate-key");
    assert.equal(diagnostics[0].level, "mandatory");
    assert.deepEqual(diagnostics[0].message.split("\n").slice(0, 2), [
      'Cluster "web" names no key for Fargate\'s ephemeral storage.',
      "Seen: fargateEphemeralStorageKmsKeyId is absent or empty",
    ]);
    assert.match(diagnostics[0].message, /More: fargate-cmk-policy\/RULES\.md#cluster-fargate-key$/);
  });

  it("leaves that to the end of a preview, where the rest of the stack shows, and blocks it there", async () => {
    const previewing = await startPolicyHost(pack.folder, "preview");
    try {
      const bare = cluster("web", { configuration: {} });
      assert.deepEqual((await previewing.analyze(bare)).diagnostics, []);
      const { diagnostics } = await previewing.analyzeStack([bare]);
      assert.deepEqual(
        diagnostics.map(({ policy, level, urn }) => [policy, level, urn]),
        [["cluster-fargate-key", "mandatory", urnOf(bare)]],
      );
    } finally {
      previewing.stop();
    }
  });

  it("reports advisory text of its own on a mandatory rule", async () => {
    const { diagnostics } = await host.analyze(cluster("web", { configuration: UNKNOWN_TEXT }));
    assert.deepEqual(
      diagnostics.map(({ policy, level }) => [policy, level]),
      [["cluster-fargate-key", "advisory"]],
    );
    for (const { message } of diagnostics) {
      assert.match(message, /configuration is not known yet/);
      assert.doesNotMatch(message, /can't run policy/);
    }
  });

  it("takes levels from the configuration", async () => {
    await host.configure({ "platform-version": { level: "advisory" }, "cluster-fargate-key": { level: "disabled" } });
    assert.deepEqual((await host.analyze(cluster("web", {}))).diagnostics, []);
    assert.equal((await host.analyze(service("api", "1.3.0"))).diagnostics[0]?.level, "advisory");
  });

  it("hears which names are configured, and tells of one that is no rule", async () => {
    await host.configure({ "platform-versions": { level: "advisory" }, "platform-version": { level: "mandatory" } });
    const { diagnostics } = await host.analyze(service("api", "1.4.0"));
    assert.deepEqual(
      diagnostics.map(({ policy, level, message }) => [policy, level, message.split("\n")[1]]),
      [["settings", "mandatory", "Did you mean platform-version?"]],
    );
  });

  it("takes waivers from the settings, and makes a violation of a broken one", async () => {
    const waiver = { rule: "platform-version", urnPattern: "*::api", reason: "r", owner: "o", expires: "9999-12-31" };
    await host.configure({ settings: { properties: { waivers: [waiver, { ...waiver, expires: "never" }] } } });
    const { diagnostics } = await host.analyze(service("api", "1.3.0"));
    assert.deepEqual(
      diagnostics.map(({ policy, level }) => [policy, level]),
      [
        ["settings", "mandatory"],
        ["platform-version", "advisory"],
      ],
    );
  });

  it("sees in the stack whether the keys of clusters rotate, while their ARNs are unknown", async () => {
    const used = cluster("web", { configuration: UNKNOWN_TEXT }, { madeFrom: { configuration: [urnOf(key({}))] } });
    const { diagnostics } = await host.analyzeStack([key({ arn: UNKNOWN_TEXT, enableKeyRotation: false }), used]);
    assert.deepEqual(
      diagnostics.map(({ policy, level, urn }) => [policy, level, urn]),
      [["key-rotation", "advisory", urnOf(key({}))]],
    );
  });

  it("sees in the stack a pin that lives on, and does not repeat what it said of the inputs", async () => {
    await host.configure({ "platform-version": { level: "advisory" } });
    await host.analyze(service("said", "1.3.0"));
    await host.analyze(service("removed", ""));
    const { diagnostics } = await host.analyzeStack([service("said", "1.3.0"), service("removed", "1.3.0")]);
    assert.deepEqual(
      diagnostics.map(({ urn }) => urn),
      [urnOf(service("removed", ""))],
    );
  });

  it("tells Linux from Windows at 1.0.0 by the task definition", async () => {
    const definition = (name: string, family: string): HostResource => ({
      type: TASK_DEFINITION,
      name,
      properties: { runtimePlatform: { operatingSystemFamily: family } },
    });
    const [linux, windows] = [definition("linux", "LINUX"), definition("windows", "WINDOWS_SERVER_2022_CORE")];
    const on = (one: HostResource) => service(one.name, "1.0.0", { madeFrom: { taskDefinition: [urnOf(one)] } });
    assert.deepEqual((await host.analyze(on(linux))).diagnostics, []);
    const { diagnostics } = await host.analyzeStack([linux, windows, on(linux), on(windows)]);
    assert.deepEqual(
      diagnostics.map(({ urn, level }) => [urn, level]),
      [[urnOf(service("linux", "")), "mandatory"]],
    );
  });

  it("echoes no secret, whatever is wrong", async () => {
    const containerDefinitions = JSON.stringify([{ environment: [{ name: "PASSWORD", value: SECRET }] }]);
    const extra = { containerDefinitions, tags: { note: SECRET }, description: SECRET, policy: SECRET };
    const inside = { executeCommandConfiguration: { logging: SECRET } };
    const resources: readonly HostResource[] = [
      cluster("web", { ...extra, configuration: inside }),
      cluster("form", {
        ...extra,
        configuration: { ...inside, ...(clusterProperties("alias/x").configuration as object) },
      }),
      service("api", "1.3.0", { properties: { ...extra, launchType: "FARGATE", platformVersion: "1.3.0" } }),
      service("old", "1.0.0", { properties: { ...extra, launchType: "FARGATE", platformVersion: "1.0.0" } }),
      { type: TASK_DEFINITION, name: "task", properties: extra },
      { ...key({ ...extra, arn: KEY_ARN, enableKeyRotation: false }) },
    ];
    const said = [];
    for (const resource of resources) said.push(await host.analyze(resource));
    said.push(await host.analyzeStack(resources));
    assert.ok(said.flatMap(({ diagnostics }) => diagnostics).length >= 4);
    assert.ok(!JSON.stringify(said).includes(SECRET));
  });
});

describe("the pack's sources in Pulumi's policy host", () => {
  it("start type-checked while there is no bundle", async () => {
    const pack = sourcePack();
    const host = await startPolicyHost(pack.folder);
    try {
      assert.equal((await host.analyze(cluster("web", {}))).diagnostics.length, 1);
    } finally {
      host.stop();
      pack.remove();
    }
  });
});
