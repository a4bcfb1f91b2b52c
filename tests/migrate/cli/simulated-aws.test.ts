// The commands in processes of their own against `simulate` in one of its own, over HTTP, as a person would try them.

import assert from "node:assert/strict";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Fleet } from "../../../domain/fleet";
import { createSystemClock } from "../../../migrate/adapters/clocks/system-clock";
import { prepareRunDirectory, runDirectoryFor } from "../../../migrate/adapters/files/run-directory";
import { openRunStore } from "../../../migrate/adapters/files/run-store";
import type { Plan } from "../../../migrate/core/model/plan";
import { type CliEnd, endOf, jsonLine, jsonLines, runCli, startCli } from "./run-cli";

describe("commands on a simulated AWS", () => {
  let cwd: string;
  let simulator: ChildProcessWithoutNullStreams;
  let simulatorEnd: Promise<CliEnd>;
  let env: Record<string, string>;

  before(async () => {
    cwd = await mkdtemp(path.join(tmpdir(), "fargate-cmk-test-"));
    simulator = startCli(["simulate", "--json", "--port", "0", "--speed", "60"], { cwd });
    simulatorEnd = endOf(simulator);
    const [first] = await once(simulator.stdout, "data");
    const { endpoint, region } = JSON.parse(String(first)).data;
    const credentials = { AWS_ACCESS_KEY_ID: "111122223333", AWS_SECRET_ACCESS_KEY: "simulated" };
    env = { ...credentials, AWS_ENDPOINT_URL: endpoint, AWS_REGION: region };
  });

  after(async () => {
    simulator.kill("SIGKILL");
    await rm(cwd, { recursive: true, force: true });
  });

  const run = (...args: readonly string[]) => runCli(args, { cwd, env });
  const fileOf = async <T>(name: string): Promise<T> => JSON.parse(await readFile(path.join(cwd, name), "utf8"));

  it("scan writes a fleet, tells where in one JSON line, and may write it again", async () => {
    const end = await run("scan", "--json");
    assert.equal(end.exitCode, 0, end.stderr);
    const { code, data } = jsonLine(end);
    const fleet = await fileOf<Fleet>("fleet.json");
    assert.equal(code, "scan.finished");
    assert.deepEqual(
      [data.file, data.services, data.clusters],
      ["fleet.json", fleet.services.length, fleet.clusters.length],
    );
    assert.equal((await run("scan", "--quiet")).exitCode, 0);
  });

  it("scan of one cluster sees that one only, and of none that exists fails", async () => {
    const { exitCode } = await run("scan", "--cluster", "pay", "--out", "pay.json");
    assert.equal(exitCode, 0);
    assert.deepEqual(
      (await fileOf<Fleet>("pay.json")).clusters.map(({ name }) => name),
      ["pay"],
    );
    const missing = await run("scan", "--cluster", "pey", "--out", "none.json");
    assert.equal(missing.exitCode, 2);
    assert.match(missing.stderr, /no-such-cluster: .*pey/);
  });

  it("plan writes the plan that it shows, as text, Markdown or JSON", async () => {
    const text = await run("plan");
    assert.equal(text.exitCode, 0, text.stderr);
    const plan = await fileOf<Plan>("plan.json");
    assert.match(text.stdout, new RegExp(`Plan ${plan.planId.slice(0, 6)} written to plan\\.json`));
    const markdown = await run("plan", "--format", "md");
    assert.match(markdown.stdout, /^# /);
    assert.match(markdown.stderr, /the plan is in plan\.json\n$/);
    assert.deepEqual(JSON.parse((await run("plan", "--format", "json")).stdout), plan);
    const { data } = jsonLine(await run("plan", "--format", "json", "--json"));
    assert.equal(data.plan.planId, plan.planId);
  });

  it("verify says what is not proved and fails only when asked to expect it", async () => {
    assert.equal((await run("verify", "--quiet")).exitCode, 0);
    const expected = await run("verify", "--expect", "encrypted", "--json");
    assert.equal(expected.exitCode, 5);
    assert.equal(jsonLine(expected).data.proved, false);
  });

  it("attach changes nothing where the key is already, and refuses another key", async () => {
    const { clusters, keys } = await fileOf<Fleet>("fleet.json");
    const { configuration } = clusters.find(({ name }) => name === "pay") ?? assert.fail("there is no cluster pay");
    const present = configuration.kind === "known" ? configuration.value.fargateEphemeralStorageKmsKeyArn : null;
    const other = keys.find(({ arn }) => arn !== present);
    assert.ok(present !== null && other !== undefined);
    const again = await run("attach", "pay", present, "--yes");
    assert.equal(again.exitCode, 0, again.stderr);
    assert.match(again.stdout, /has key .* already\. Nothing was changed\./);
    const refused = await run("attach", "pay", other.arn, "--yes");
    assert.equal(refused.exitCode, 3, refused.stdout);
    assert.match(refused.stderr, /^refused: |\nrefused: /);
  });

  it("status, pause and report speak of a run that has not begun", async () => {
    const planText = await readFile(path.join(cwd, "plan.json"), "utf8");
    const fleetText = await readFile(path.join(cwd, "fleet.json"), "utf8");
    const { planId, services } = JSON.parse(planText) as Plan;
    const directory = runDirectoryFor(planId, cwd);
    await prepareRunDirectory({ directory, planText, fleetText });
    const { release } = await openRunStore({ directory, clock: createSystemClock() });
    await release();
    const id = planId.slice(0, 8);
    assert.equal((await run("pause", id)).exitCode, 0);
    const status = await run("status", id);
    assert.equal(status.exitCode, 0, status.stderr);
    assert.match(status.stdout, new RegExp(`services +${services.length}: ${services.length} to come`));
    assert.match(status.stdout, /asked for +pause/);
    const report = await run("report", id, "--format", "json", "--out", "report.json");
    assert.equal(report.exitCode, 0, report.stderr);
    assert.equal((await fileOf<{ schema: string }>("report.json")).schema, "fargate-cmk/report");
  });

  it("a run directory whose fleet was exchanged is refused", async () => {
    const plan = await fileOf<Plan>("plan.json");
    await writeFile(path.join(runDirectoryFor(plan.planId, cwd), "fleet.json"), "{}");
    const { exitCode, stderr } = await run("status", plan.planId);
    assert.equal(exitCode, 3);
    assert.match(stderr, /^plan-mismatch: /);
  });

  it("simulate refuses an address that others reach, a taken port, and a speed of nought", async () => {
    const host = await runCli(["simulate", "--host", "0.0.0.0"]);
    assert.equal(host.exitCode, 2);
    assert.match(host.stderr, /checks no credentials\. Leave --host away, or add --force/);
    const taken = await runCli(["simulate", "--port", new URL(env.AWS_ENDPOINT_URL ?? "").port]);
    assert.equal(taken.exitCode, 2);
    assert.match(taken.stderr, /cannot listen on 127\.0\.0\.1 port .*Give another --port/);
    assert.match((await runCli(["simulate", "--speed", "0"])).stderr, /--speed is "0"/);
  });

  it("simulate ends at Ctrl-C with exit code 0 and says how many requests it had", async () => {
    simulator.kill("SIGINT");
    const end = await simulatorEnd;
    assert.equal(end.exitCode, 0, end.stderr);
    const last = jsonLines(end).at(-1);
    assert.equal(last?.code, "simulator.closed");
    assert.ok(last?.data.requests > 10);
  });
});
