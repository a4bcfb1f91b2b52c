// What the policy pack says of whole programs, through the real engine: a table of rule, level and resource for each.
// Invariant: the tables are complete, so that a word too many fails as a missing one does.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { aFleet } from "../../../simulator/fleet-builder";
import { withAccount } from "../../e2e/simulated-account";
import { engineEnvironment } from "../engine-environment";
import { runPulumi, succeeded } from "../pulumi-process";
import { createProject, type EngineRun, type PulumiProject } from "../pulumi-project";

const FLEET = aFleet().subnet("subnet-0a1b2c3d").build();
const TODAY = new Date().toISOString().slice(0, 10);

const PRESENCE = "cluster-fargate-key";
const FORM = "cluster-key-form";
const PLATFORM = "platform-version";
const ROTATION = "key-rotation";

/** Resource, rule, level in the baseline. */
const FIRST_PREVIEW: readonly (readonly [name: string, rule: string, level: string])[] = [
  ["configuration-from-elsewhere", PRESENCE, "advisory"],
  ["exempt", PRESENCE, "mandatory"],
  ["first-on-linux", PLATFORM, "mandatory"],
  ["first-on-what", PLATFORM, "advisory"],
  ["key-alias", FORM, "mandatory"],
  ["key-bare-id", FORM, "advisory"],
  ["key-bare-id", ROTATION, "advisory"],
  ["key-behind-an-alias", FORM, "advisory"],
  ["key-from-elsewhere", FORM, "advisory"],
  ["key-from-elsewhere", ROTATION, "advisory"],
  ["key-known", ROTATION, "advisory"],
  ["key-known-far-by-argument", FORM, "mandatory"],
  ["key-known-far-by-argument", ROTATION, "advisory"],
  ["key-known-far-by-provider", FORM, "mandatory"],
  ["key-known-far-by-provider", ROTATION, "advisory"],
  ["key-known-secret", ROTATION, "advisory"],
  ["key-of-the-stack-far", FORM, "mandatory"],
  ["key-of-the-stack-multi-region", FORM, "mandatory"],
  ["lower-case", PLATFORM, "mandatory"],
  ["none", PRESENCE, "mandatory"],
  ["none-after-transform", PRESENCE, "mandatory"],
  ["none-blank", PRESENCE, "mandatory"],
  ["none-empty", PRESENCE, "mandatory"],
  ["none-empty-storage", PRESENCE, "mandatory"],
  ["none-in-a-component", PRESENCE, "mandatory"],
  ["none-only-volumes", PRESENCE, "mandatory"],
  ["pin-from-elsewhere", PLATFORM, "advisory"],
  ["retired", PLATFORM, "mandatory"],
  ["retired-blank-before", PLATFORM, "mandatory"],
  ["retired-by-cluster", PLATFORM, "mandatory"],
  ["retired-spot", PLATFORM, "mandatory"],
  ["retired-task-set", PLATFORM, "mandatory"],
  ["still", ROTATION, "advisory"],
  ["two-numbers", PLATFORM, "mandatory"],
  ["waived", PRESENCE, "mandatory"],
];

describe("the policy pack", function () {
  this.timeout(600_000);

  it("says of resources that do not exist yet what there is to say, once, and nothing of the others", () =>
    withProject("first-preview", async (project) => {
      const run = await previewed(project);
      assert.notEqual(run.status, 0);
      assert.deepEqual(said(run), FIRST_PREVIEW);
      for (const { message } of run.violations) assert.doesNotMatch(message, /can't run policy|could not be evaluated/);
    }));

  it("takes the strict profile, waivers and exemptions as they are documented, and never waives without a word", () =>
    withProject("first-preview", async (project) => {
      const strict = JSON.parse(readFileSync("policypack/profiles/strict.json", "utf8"));
      const accepted = { reason: "moves in spring", owner: "team-orders" };
      const run = await previewed(project, {
        ...strict,
        settings: {
          waivers: [
            { rule: PRESENCE, urnPattern: "*::waived", expires: TODAY, ...accepted },
            { rule: PLATFORM, urnPattern: "*::retired*", expires: "2026-01-01", ...accepted },
            { rule: FORM, urnPattern: "*:*", expires: "9999-12-31", ...accepted },
          ],
          exemptClusters: [{ urnPattern: "*::exempt", ...accepted }],
        },
      });
      const changed: Readonly<Record<string, string>> = { waived: "advisory", exempt: "advisory", still: "mandatory" };
      const wanted = FIRST_PREVIEW.map(([name, rule, level]) => [name, rule, changed[name] ?? level]);
      assert.deepEqual(said(run), [["first-preview-test", "settings", "mandatory"], ...wanted].toSorted(byText));
      assert.match(messageOf(run, "waived"), new RegExp(`^Waived until ${TODAY} by team-orders: moves in spring`));
      assert.match(messageOf(run, "retired"), /The waiver of team-orders expired on 2026-01-01/);
      assert.match(
        messageOf(run, "first-preview-test"),
        /^settings\.waivers\[2\] cannot be read.*\n.*urnPattern: "\*:\*"/,
      );
    }));

  it("stops an update that takes a key away, sees through ignoreChanges, and judges an exported state alike", () =>
    withProject("second-update", async (project) => {
      succeeded(await project.up({ args: ["--skip-preview"] }));
      assert.deepEqual(said(await previewed(project)), [["never-gets-its-key", PRESENCE, "mandatory"]]);
      assert.match(await analyzedState(project), /^\[mandatory\].*cluster-fargate-key.*never-gets-its-key\)$/);
      await project.configure({ config: { after: "true" } });
      const run = await previewed(project);
      assert.deepEqual(said(run), [
        ["loses-its-key", PRESENCE, "mandatory"],
        ["never-gets-its-key", PRESENCE, "mandatory"],
      ]);
      assert.match(messageOf(run, "never-gets-its-key"), /ignoreChanges names "configuration"/);
      const update = await project.up({ policyPacks: [{ folder: "policypack" }], args: ["--skip-preview"] });
      assert.notEqual(update.status, 0);
      assert.ok(!update.steps.some(({ name, op }) => name === "loses-its-key" && op === "update"));
    }));
});

async function withProject(program: string, use: (project: PulumiProject) => Promise<void>): Promise<void> {
  await withAccount({ fleet: FLEET }, async (account) => {
    const project = await createProject({
      program: `tests/engine/policies/programs/${program}`,
      config: { "aws:region": FLEET.lane.region },
      endpoint: account.gateway.endpoint,
      env: account.env,
    });
    try {
      await use(project);
    } finally {
      await project.dispose();
    }
  });
}

function previewed(project: PulumiProject, config?: Readonly<Record<string, unknown>>): Promise<EngineRun> {
  return project.preview({ policyPacks: [{ folder: "policypack", ...(config === undefined ? {} : { config }) }] });
}

/** What `pulumi policy analyze` says of the stack's exported state, without its program: a line for each violation. */
async function analyzedState(project: PulumiProject): Promise<string> {
  const file = path.join(project.folder, "exported.json");
  writeFileSync(file, JSON.stringify(await project.exportState()));
  const { stdout } = await runPulumi({
    args: ["policy", "analyze", "--file", file, "--policy-pack", path.resolve("policypack"), "--non-interactive"],
    env: engineEnvironment({ folder: project.folder, typeChecked: false, inherited: process.env }),
    limitMs: 60_000,
    signal: new AbortController().signal,
  });
  return [...stdout.matchAll(/^ +- (\[(?:mandatory|advisory)\].*)$/gm)].map(([, line]) => line).join("\n");
}

/** Resource, rule and level of all that was said. */
function said({ violations }: EngineRun): readonly (readonly string[])[] {
  return violations.map(({ urn, policy, level }) => [nameOf(urn), policy, level]).toSorted(byText);
}

function messageOf({ violations }: EngineRun, name: string): string {
  return violations.find(({ urn }) => nameOf(urn) === name)?.message ?? assert.fail(`nothing was said of ${name}`);
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

function byText(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [a.join(" "), b.join(" ")];
  return left < right ? -1 : Number(left > right);
}
