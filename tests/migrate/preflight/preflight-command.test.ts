import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parsePreflight } from "../../../migrate/core/model/parse-preflight";
import { parseReport } from "../../../migrate/core/model/parse-report";
import { type SimulatedAccount, withAccount } from "../../e2e/simulated-account";
import { jsonLine, jsonLines } from "../cli/run-cli";
import { payCluster } from "../fleets/service-case";

const FLEET = payCluster().service("checkout", { desired: 2 }).breaker(true).build();
const KEY = FLEET.keys[0]?.arn ?? "";
const WAIVER = "key-not-public=closed on Monday, ticket 17";

describe("preflight", () => {
  it("exits with 0 when nothing stops the run, and writes all that it found", async () => {
    await withAccount({ fleet: FLEET }, async (account) => {
      await account.planned();
      const { stdout } = await account.expect(0, "preflight", "plan.json");
      assert.match(stdout, /Nothing stops this run: /);
      const written = parsePreflight(readFileSync(account.file("preflight.json"), "utf8"), "preflight.json");
      assert.equal(written.planId, account.plan().planId);
      const { data } = jsonLine(await account.expect(0, "preflight", "plan.json", "--json"));
      assert.deepEqual([data.stops, data.file, data.preflight.schema], [[], "preflight.json", "fargate-cmk/preflight"]);
      assert.equal(account.calls("ecs:UpdateService"), 0);
    });
  });

  it("exits with 3 on a fail, and with 0 when it is accepted with a reason", async () => {
    await withAccount({ fleet: FLEET }, async (account) => {
      await account.planned();
      await openToEveryone(account);
      const refused = await account.expect(3, "preflight", "plan.json", "--out", "answers.json");
      assert.match(refused.stdout, /1 question stops this run/);
      assert.match(refused.stdout, /key-not-public/);
      const accepted = await account.expect(0, "preflight", "plan.json", "--accept", WAIVER, "--format", "md");
      assert.match(accepted.stdout, /Accepted: closed on Monday, ticket 17/);
    });
  });

  it("refuses a waiver of a question that there is not, or without a reason, and tells one that is not needed", async () => {
    await withAccount({ fleet: FLEET }, async (account) => {
      await account.planned();
      const wrong = await account.expect(2, "preflight", "plan.json", "--accept", "key-enabeld=soon");
      assert.match(wrong.stderr, /"key-enabeld", which is no question\. Did you mean key-enabled\?/);
      const bare = await account.expect(2, "preflight", "plan.json", "--accept", "key-enabled");
      assert.match(bare.stderr, /--accept is "key-enabled"/);
      const idle = await account.expect(0, "preflight", "plan.json", "--accept", "key-enabled=soon");
      assert.match(idle.stderr, /--accept key-enabled is not needed: it passes/);
    });
  });
});

describe("run", () => {
  it("asks first, and on a fail refuses with the ids, before its journal has a line or anything is sent", async () => {
    await withAccount({ fleet: FLEET }, async (account) => {
      await account.planned();
      await openToEveryone(account);
      const end = await account.expect(3, "run", "plan.json");
      assert.match(
        end.stderr,
        /preflight-failed: 1 question stops this run: .*\(key-not-public\); nothing was changed\./,
      );
      assert.match(end.stderr, /--accept key-not-public=REASON/);
      assert.match(end.stdout, /key-not-public \(wanted: no key is open to everyone\)/);
      assert.deepEqual(account.journal(), []);
      assert.ok(existsSync(path.join(account.runDirectory(), "preflight.json")));
      assert.equal(account.calls("ecs:UpdateService"), 0);
    });
  });

  it("keeps answers and waivers in journal and report, and asks no second time", async () => {
    await withAccount({ fleet: FLEET }, async (account) => {
      await account.planned();
      await openToEveryone(account);
      const first = await account.expect(0, "run", "plan.json", "--accept", WAIVER, "--json");
      const checked = jsonLines(first).find(({ code }) => code === "run.checked");
      assert.deepEqual(checked?.data.accepted, [{ question: "key-not-public", reason: "closed on Monday, ticket 17" }]);
      assert.deepEqual(
        account
          .journal()
          .slice(0, 2)
          .map(({ event }) => event.kind),
        ["run-started", "preflight"],
      );
      const report = readFileSync(path.join(account.runDirectory(), "report.json"), "utf8");
      const answers = parseReport(report, "report.json").checks?.answers ?? [];
      const { level, verdict, findings, accepted } = answers.find(({ id }) => id === "key-not-public") ?? assert.fail();
      assert.deepEqual([level, verdict, findings, accepted], ["stops", "fail", 1, "closed on Monday, ticket 17"]);
      const markdown = readFileSync(path.join(account.runDirectory(), "report.md"), "utf8");
      assert.match(markdown, /## Checks\n\n\d+ of \d+ questions passed before the run/);
      assert.match(
        markdown,
        /\| `key-not-public` \| no key is open to everyone \| 1 \| closed on Monday, ticket 17 \|/,
      );
      const again = await account.expect(0, "run", "plan.json", "--accept", WAIVER);
      assert.match(again.stderr, /--accept key-not-public is not needed: this run has passed its preflight/);
      assert.equal(account.events("preflight").length, 1);
    });
  });
});

/** Somebody opens the key between plan and preflight; Fargate may still use it. */
async function openToEveryone(account: SimulatedAccount): Promise<void> {
  const policy = FLEET.keys[0]?.policy;
  const document = policy?.kind === "known" ? JSON.parse(policy.value) : assert.fail("the key has no policy");
  const everyone = { Sid: "Everyone", Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" };
  const opened = JSON.stringify({ ...document, Statement: [...document.Statement, everyone] });
  await account.fault({ kind: "key-policy-replaced", key: KEY, policy: opened });
}
