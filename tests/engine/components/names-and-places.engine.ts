// Where clusters and keys come to stand, and under which names: other Regions, other parents, a new Pulumi name.

import assert from "node:assert/strict";
import { aFleet } from "../../../simulator/fleet-builder";
import { succeeded } from "../pulumi-process";
import type { PulumiProject } from "../pulumi-project";
import { changesOf, withProgram } from "./throwaway-project";

const FLEET = aFleet().build();
const { region, account } = FLEET.lane;

const EVERYTHING = `clusterName: "app", executeCommandLogging: true, aliasName: "app"`;

describe("the cluster in the engine", function () {
  this.timeout(300_000);

  it("stands where its provider or its region argument says, one name in three Regions", () =>
    withProgram(
      FLEET,
      `
      const elsewhere = new aws.Provider("elsewhere", { region: "us-east-1" });
      const here = new EncryptedFargateCluster("here", { ${EVERYTHING} });
      const there = new EncryptedFargateCluster("there", { ${EVERYTHING} }, { providers: { aws: elsewhere } });
      const third = new EncryptedFargateCluster("third", { ${EVERYTHING}, region: "eu-central-1" }, { provider: elsewhere });
      export const arns = [here, there, third].flatMap(({ clusterArn, keyArn }) => [clusterArn, keyArn]);`,
      async ({ project }) => {
        const up = succeeded(await project.up());
        const { arns } = await project.stackOutputs();
        const regions = (arns as readonly string[]).map((arn) => arn.split(":")[3]);
        assert.deepEqual(regions, [region, region, "us-east-1", "us-east-1", "eu-central-1", "eu-central-1"]);
        const policies = up.steps.filter(({ type }) => type === "aws:kms/key:Key");
        for (const { name, new: state } of policies) {
          const at = { "here-storage-key": region, "there-storage-key": "us-east-1" }[name] ?? "eu-central-1";
          const logs = `arn:aws:logs:${at}:${account}:log-group:/ecs/exec/app`;
          assert.ok(String(state?.inputs.policy).includes(`"logs.${at}.amazonaws.com"`), name);
          assert.ok(String(state?.inputs.policy).includes(logs), name);
        }
        await isQuiet(project);
      },
    ));

  it("keeps every resource when it is renamed or gets another parent with an alias", () =>
    withProgram(FLEET, `new EncryptedFargateCluster("old", { ${EVERYTHING} });`, async ({ project, use }) => {
      succeeded(await project.up({ args: ["--skip-preview"] }));
      use(`new EncryptedFargateCluster("new", { ${EVERYTHING} }, { aliases: [{ name: "old" }] });`);
      assert.deepEqual(changesOf(succeeded(await project.up())), []);
      use(`
        const around = new pulumi.ComponentResource("acme:index:Shop", "around");
        const aliases = [{ parent: pulumi.rootStackResource }];
        new EncryptedFargateCluster("new", { ${EVERYTHING} }, { parent: around, aliases });`);
      assert.deepEqual(changesOf(succeeded(await project.up())), ["create Shop around"]);
      await isQuiet(project);
    }));

  it("never takes over the cluster of its namesake in another component", () =>
    withProgram(
      FLEET,
      `
      export const arns = ["acme:index:Shop", "acme:index:Store"].map((type) => {
        const parent = new pulumi.ComponentResource(type, "around");
        return new EncryptedFargateCluster("orders", {}, { parent }).clusterArn;
      });`,
      async ({ project }) => {
        succeeded(await project.up({ args: ["--skip-preview"] }));
        const { arns } = await project.stackOutputs();
        assert.equal(new Set(arns as readonly string[]).size, 2);
        await isQuiet(project);
      },
    ));

  it("is refused in the preview when a transform gives it another name than its key's policy has", () =>
    withProgram(
      FLEET,
      `new EncryptedFargateCluster("app", { clusterName: "app" }, {
        transforms: [({ type, props, opts }) =>
          type === "aws:ecs/cluster:Cluster" ? { props: { ...props, name: "other" }, opts } : undefined],
      });`,
      async ({ project, account }) => {
        const run = await project.up();
        assert.notEqual(run.status, 0);
        const said = run.diagnostics.map(({ message }) => message).join("\n");
        assert.match(said, /the cluster is "other", but the key policy names "app"/);
        assert.equal(account.calls("ecs:CreateCluster"), 0);
      },
    ));
});

async function isQuiet(project: PulumiProject): Promise<void> {
  for (const args of [[], ["--refresh"]]) {
    assert.deepEqual(Object.keys(succeeded(await project.preview({ args })).changes), ["same"]);
  }
}
