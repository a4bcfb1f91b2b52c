// The whole way with every command in a process of its own, as in a training: `simulate` runs ahead of the wall clock, the others follow.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Report } from "../../migrate/core/model/report";
import { aFleet } from "../../simulator/fleet-builder";
import { type CliEnd, endOf, jsonLine, jsonLines, runCli, startCli } from "../migrate/cli/run-cli";
import { inTemporaryDirectory } from "../migrate/files/temporary-directory";

const FLEET = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 2 })
  .service("ledger", { desired: 1 })
  .build();

describe("simulate", function () {
  this.timeout(60_000);

  it("serves scan, plan, run, report and verify in other processes, at its own pace, until Ctrl-C", () =>
    inTemporaryDirectory(async (cwd) => {
      await writeFile(path.join(cwd, "world.json"), JSON.stringify(FLEET));
      const simulator = startCli(["simulate", "--port", "0", "--fleet", "world.json", "--speed", "60", "--json"], {
        cwd,
      });
      const simulatorEnd = endOf(simulator);
      try {
        const [first] = await once(simulator.stdout, "data");
        const { endpoint, account, region } = JSON.parse(String(first)).data;
        const env = {
          AWS_ACCESS_KEY_ID: account,
          AWS_SECRET_ACCESS_KEY: "simulated",
          AWS_REGION: region,
          AWS_ENDPOINT_URL: endpoint,
        };
        const cli = async (exitCode: number, ...args: readonly string[]): Promise<CliEnd> => {
          const end = await runCli(args, { cwd, env });
          assert.equal(end.exitCode, exitCode, end.stdout + end.stderr);
          return end;
        };
        await cli(0, "scan");
        await cli(0, "plan", "--soak", "20s");
        const run = await cli(0, "run", "plan.json", "--run-dir", "run", "--json");
        const foreign = jsonLines(run).find(({ code }) => code === "clock.foreign");
        assert.match(foreign?.data.source, /60 times as fast as the wall clock/);
        await cli(0, "report", "run", "--format", "json", "--out", "report.json");
        const report: Report = JSON.parse(readFileSync(path.join(cwd, "report.json"), "utf8"));
        assert.equal(report.verdict.word, "pass");
        assert.ok((report.run.startedAt ?? "") > FLEET.readAt, "time began elsewhere than in the simulator");
        assert.ok((report.timeline.tookMs ?? 0) > 20_000, "the soak did not pass at the simulator's pace");
        assert.equal(jsonLine(await cli(0, "verify", "--expect", "encrypted", "--json")).data.proved, true);
        simulator.kill("SIGINT");
        assert.equal((await simulatorEnd).exitCode, 0);
        const gone = await cli(2, "scan");
        assert.match(gone.stderr, /^unreachable: /m);
      } finally {
        simulator.kill("SIGKILL");
      }
    }));
});
