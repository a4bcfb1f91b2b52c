// `fargate-cmk` as a stranger gets it: from its tarball into a fresh Pulumi project that has nothing but the package's peers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { aFleet } from "../../../simulator/fleet-builder";
import { withAccount } from "../../e2e/simulated-account";
import { succeeded } from "../pulumi-process";
import { createProject } from "../pulumi-project";
import { assertRemoteCluster } from "../remote-cluster";
import { type Installed, install, packed, pinned } from "./installed";

const FLEET = aFleet().subnet("subnet-0a1b2c3d").build();
const REMOTE = "tests/engine/programs/remote-component";
/** What `pulumi new aws-typescript` writes. */
const TSCONFIG = {
  compilerOptions: {
    ...{
      strict: true,
      outDir: "bin",
      rootDir: ".",
      target: "es2020",
      module: "nodenext",
      moduleResolution: "nodenext",
    },
    ...{ sourceMap: true, noFallthroughCasesInSwitch: true, noImplicitReturns: true, skipLibCheck: true },
    types: ["node"],
  },
  files: ["index.ts"],
};

describe("the package fargate-cmk", function () {
  this.timeout(900_000);
  let project: Installed;

  before(() => {
    project = install([
      packed("fargate-cmk"),
      ...["@pulumi/pulumi", "@pulumi/aws", "typescript", "ts-node", "@types/node"].map(pinned),
    ]);
    project.write("tsconfig.json", JSON.stringify(TSCONFIG));
    project.write("index.ts", readFileSync("index.ts", "utf8"));
    project.write("Pulumi.yaml", "name: strangers-project\nruntime: nodejs\nmain: index.ts\n");
  });

  after(() => project.remove());

  it("type-checks in a fresh project, against its declarations and not its sources", () => {
    const listed = project.run("npx", "--no-install", "tsc", "-p", ".", "--noEmit", "--listFiles");
    const ours = listed.split("\n").filter((file) => file.includes("node_modules/fargate-cmk/"));
    assert.ok(ours.length > 3);
    assert.deepEqual(
      ours.filter((file) => !file.endsWith(".d.ts")),
      [],
    );
  });

  it("previews there", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      const fresh = await createProject({
        program: project.folder,
        config: { "aws:region": FLEET.lane.region, subnetIds: "subnet-0a1b2c3d", assignPublicIp: "false" },
        endpoint: account.gateway.endpoint,
        env: account.env,
        typeChecked: true,
      });
      try {
        assert.deepEqual(Object.keys(succeeded(await fresh.preview()).changes), ["create"]);
      } finally {
        await fresh.dispose();
      }
    }));

  it("is a plugin that constructs for every other language, where nobody installed TypeScript", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      const elsewhere = install([packed("fargate-cmk"), ...["@pulumi/pulumi", "@pulumi/aws"].map(pinned)]);
      elsewhere.write("remote/index.ts", readFileSync(`${REMOTE}/index.ts`, "utf8"));
      const settings = readFileSync(`${REMOTE}/Pulumi.yaml`, "utf8");
      elsewhere.write("remote/Pulumi.yaml", settings.replace("../../../../components", "../node_modules/fargate-cmk"));
      const remote = await createProject({
        program: `${elsewhere.folder}/remote`,
        config: { "aws:region": FLEET.lane.region },
        endpoint: account.gateway.endpoint,
        env: account.env,
      });
      try {
        await assertRemoteCluster(remote);
      } finally {
        await remote.dispose();
        elsewhere.remove();
      }
    }));
});
