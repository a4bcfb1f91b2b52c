// The tooling itself, on programs without AWS, so that a failure here is not mistaken for one of the product.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { succeeded } from "./pulumi-process";
import { createProject, type EngineRun, type ProjectOptions, type PulumiProject } from "./pulumi-project";
import { type TemporaryFolder, temporaryProgram } from "./temporary-program";

const TINY = "tests/engine/programs/tiny";
const PACK = "tests/engine/programs/tiny-pack";
const ENDING_LIMIT_MS = 30_000;

describe("a program under the real engine", () => {
  const { open } = projects();

  it("is previewed, created, changed in place and destroyed, and its folder stays as it was", async () => {
    const before = readdirSync(TINY);
    const project = await open({ program: TINY });

    const preview = succeeded(await project.preview());
    assert.deepEqual(preview.changes, { create: 2 });
    assert.deepEqual(await resourceTypes(project), []);

    const created = succeeded(await project.up());
    assert.deepEqual(opsByName(created), { "tiny-test": "create", "box-1": "create" });
    assert.deepEqual(await resourceTypes(project), ["pulumi:pulumi:Stack", "tiny:index:Box"]);

    await project.configure({ config: { boxes: "2" } });
    assert.deepEqual(opsByName(succeeded(await project.up())), {
      "tiny-test": "same",
      "box-1": "same",
      "box-2": "create",
    });

    assert.deepEqual(succeeded(await project.refresh()).changes, { same: 3 });
    assert.deepEqual(succeeded(await project.destroy()).changes, { delete: 3 });
    assert.deepEqual(await resourceTypes(project), []);
    assert.deepEqual(readdirSync(TINY), before);
  });

  it("reads configuration of every namespace, and secrets that stay secret", async () => {
    const config = { greeting: "a: b=c", "aws:region": "eu-west-1" };
    const project = await open({ program: TINY, config, secrets: { hidden: "swordfish" } });
    const run = succeeded(await project.up({ args: ["--skip-preview"] }));

    assert.deepEqual(await project.stackOutputs(), { greeting: "a: b=c", region: "eu-west-1", hidden: "[secret]" });
    assert.equal((await project.stackOutputs({ showSecrets: true })).hidden, "swordfish");
    assert.doesNotMatch(
      run.stdout + run.stderr + JSON.stringify([run.steps, await project.exportState()]),
      /swordfish/,
    );
  });

  it("is exchanged for another one over the same stack", async () => {
    const other = program({
      "main.ts": `import { ComponentResource } from "@pulumi/pulumi";\nnew ComponentResource("tiny:index:Box", "box-1");`,
    });
    const project = await open({ program: TINY });
    succeeded(await project.up({ args: ["--skip-preview"] }));
    project.use(other.folder);
    assert.deepEqual(opsByName(succeeded(await project.preview())), { "tiny-test": "same", "box-1": "same" });
    assert.throws(
      () => project.use("tests/engine/programs/tiny-remote"),
      /project tiny-remote, the stack belongs to tiny/,
    );
  });

  it("shows a type error with its place, when it is type-checked as it is for users", async () => {
    const wrong = program({ "main.ts": `export const size: number = "large";` });
    const project = await open({ program: wrong.folder, typeChecked: true });
    const run = await project.preview();
    assert.notEqual(run.status, 0);
    assert.match(errorsOf(run), /main\.ts\(1,14\): error TS2322/);
  });

  it("shows what the program threw", async () => {
    const throwing = program({ "main.ts": `throw new Error("no such luck");` });
    const run = await (await open({ program: throwing.folder })).up();
    assert.notEqual(run.status, 0);
    assert.match(errorsOf(run), /Error: no such luck\n.*main\.ts:1:7/s);
  });

  it("is ended with all that it started when it passes its limit, and with its project", async () => {
    const hanging = program({
      "main.ts": `import { writeFileSync } from "node:fs";
        writeFileSync(process.env.PID_FILE!, String(process.pid));
        setInterval(() => {}, 1000);
        export const never = new Promise(() => {});`,
    });
    const pidFile = path.join(hanging.folder, "pid");
    const up = (project: PulumiProject, limitMs: number) => project.up({ args: ["--skip-preview"], limitMs });
    const project = await open({ program: hanging.folder, env: { PID_FILE: pidFile } });
    await assert.rejects(up(project, 5_000), /took longer than 5000 ms/);
    await ended(await pidIn(pidFile));

    rmSync(pidFile);
    const run = assert.rejects(up(project, 60_000), /was ended with its project/);
    const pid = await pidIn(pidFile);
    await project.dispose();
    await run;
    await ended(pid);
    assert.ok(!existsSync(project.folder));
  });
});

describe("a policy pack under the real engine", () => {
  const { open } = projects();

  it("reports advisory and mandatory violations by rule, level and resource, and stops the update", async () => {
    const project = await open({ program: TINY, config: { boxes: "2" } });
    const run = await project.up({ policyPacks: [{ folder: PACK }] });
    assert.notEqual(run.status, 0);
    assert.deepEqual(
      run.violations.map(({ pack, policy, level, urn }) => ({ pack, policy, level, urn })),
      ["advised", "demanded"].map((policy) => ({
        pack: "tiny-pack",
        policy,
        level: policy === "advised" ? "advisory" : "mandatory",
        urn: "urn:pulumi:test::tiny::tiny:index:Box::box-1",
      })),
    );
    assert.match(run.violations[0]?.message ?? "", /box-1 is disliked/);
    assert.deepEqual(await resourceTypes(project), []);
  });

  it("takes its configuration, with which an advisory rule lets the update pass", async () => {
    const project = await open({ program: TINY });
    const config = { demanded: { disliked: "none" } };
    const run = succeeded(await project.up({ policyPacks: [{ folder: PACK, config }] }));
    assert.deepEqual([...new Set(run.violations.map(({ policy }) => policy))], ["advised"]);
    assert.deepEqual(await resourceTypes(project), ["pulumi:pulumi:Stack", "tiny:index:Box"]);
  });
});

describe("a policy pack that cannot start", () => {
  const { open } = projects();

  it("stops the preview and is shown with its reason", async () => {
    const broken = program({
      "PulumiPolicy.yaml": "runtime: nodejs\n",
      "package.json": `{"name": "broken", "version": "1.0.0", "main": "pack.js"}`,
      "pack.js": `throw new Error("no such rule");`,
    });
    const run = await (await open({ program: TINY })).preview({ policyPacks: [{ folder: broken.folder }] });
    assert.notEqual(run.status, 0);
    assert.match(run.stdout, /Error: no such rule/);
  });
});

describe("a component plugin under the real engine", () => {
  const { open } = projects();

  it("constructs a component for a program that only knows its name", async () => {
    const project = await open({ program: "tests/engine/programs/tiny-remote" });
    succeeded(await project.up({ args: ["--skip-preview"] }));
    assert.deepEqual(await resourceTypes(project), ["pulumi:pulumi:Stack", "tiny-plugin:index:Greeter"]);
    assert.deepEqual(await project.stackOutputs(), { greeting: "hello engine" });
  });
});

/** Opens projects that are gone after each test, however it ends. */
function projects() {
  const opened: PulumiProject[] = [];
  afterEach(async () => {
    for (const project of opened.splice(0)) await project.dispose();
    for (const { remove } of programs.splice(0)) remove();
  });
  const open = async (options: ProjectOptions): Promise<PulumiProject> => {
    const project = await createProject(options);
    opened.push(project);
    return project;
  };
  return { open };
}

const programs: TemporaryFolder[] = [];

/** A program of the project `tiny` that the repository has no place for. */
function program(files: Readonly<Record<string, string>>): TemporaryFolder {
  const written = temporaryProgram({ "Pulumi.yaml": "name: tiny\nruntime: nodejs\nmain: main.ts\n", ...files });
  programs.push(written);
  return written;
}

function opsByName({ steps }: EngineRun): Readonly<Record<string, string>> {
  return Object.fromEntries(steps.map(({ name, op }) => [name, op]));
}

function errorsOf({ diagnostics }: EngineRun): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return errors.map(({ message }) => message).join("\n");
}

async function resourceTypes(project: PulumiProject): Promise<readonly unknown[]> {
  const { deployment } = await project.exportState();
  return (deployment.resources ?? [])
    .map((resource) => resource.type)
    .filter((type) => !String(type).includes("providers"));
}

async function pidIn(file: string): Promise<number> {
  await until(() => existsSync(file) && readFileSync(file, "utf8") !== "", `no process has written ${file}`);
  return Number(readFileSync(file, "utf8"));
}

async function ended(pid: number): Promise<void> {
  await until(() => !isRunning(pid), `process ${pid} still runs`);
}

async function until(holds: () => boolean, otherwise: string): Promise<void> {
  const deadlineAtMs = performance.now() + ENDING_LIMIT_MS;
  while (!holds()) {
    assert.ok(performance.now() < deadlineAtMs, otherwise);
    await pause(50);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
