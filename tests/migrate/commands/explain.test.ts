// `plan --explain` as a person types it.

import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { findService } from "../../../migrate/commands/find-service";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { explainService } from "../../../migrate/core/plan/explain/explain-service";
import { draftPlan } from "../../../migrate/core/plan/make-plan";
import { explainMarkdown } from "../../../migrate/render/explain-markdown";
import { explainText } from "../../../migrate/render/explain-text";
import { demoFleet } from "../../../simulator/demo-fleet";
import { jsonLine, runCli } from "../cli/run-cli";
import { inTemporaryDirectory } from "../files/temporary-directory";
import { payCluster } from "../fleets/service-case";
import { thrownBy } from "../parse/thrown";

const FLEET = demoFleet({ seed: 1 });
const FILE = { fleet: FLEET, file: "fleet.json" };

describe("the service that a person means", () => {
  it("is found by name, by cluster/service and by ARN", () => {
    const arn = "arn:aws:ecs:eu-west-1:111122223333:service/pay/checkout";
    for (const reference of ["checkout", "pay/checkout", arn])
      assert.equal(findService({ ...FILE, reference }).arn, arn);
  });

  it("is offered by near names when there is no such one", () => {
    const remedyOf = (reference: string) => {
      try {
        return findService({ ...FILE, reference }).arn;
      } catch (error) {
        return (error as { remedy: string }).remedy;
      }
    };
    assert.equal(remedyOf("chekout"), "did you mean pay/checkout?");
    assert.equal(remedyOf("pay/ledgr"), "did you mean pay/ledger?");
    assert.equal(remedyOf("arn:aws:ecs:eu-west-1:111122223333:service/pay/walet"), "did you mean pay/wallet?");
    assert.match(remedyOf("nothing-like-it"), /^fargate-cmk plan fleet\.json --format md names all$/);
    assert.equal(thrownBy(() => findService({ ...FILE, reference: "zzz" })).code, "no-such-service");
  });

  it("is none of several of one name, which are all listed", () => {
    const fleet = payCluster().service("api").cluster("web").service("api").build();
    const error = thrownBy(() => findService({ fleet, file: "f.json", reference: "api" }));
    assert.deepEqual(error, { code: "ambiguous-service", message: "api could be 2 services of f.json" });
    assert.equal(findService({ fleet, file: "f.json", reference: "web/api" }).clusterArn.endsWith("/web"), true);
  });
});

describe("an explanation as a page", () => {
  const options = { ...DEFAULT_PLAN_OPTIONS, mutexTags: ["owner"] };
  const draft = draftPlan({ fleet: FLEET, fleetSha256: "a".repeat(64), options });
  const pages = FLEET.services.map((service) => explainService(draft, FLEET, service));

  for (const width of [80, 120])
    it(`fits ${width} columns for every service, but for words that are wider`, () => {
      for (const line of pages.flatMap((one) => explainText(one, { width }).split("\n"))) {
        const words = line.trim().replace(/ \\$/, "").split(" ");
        assert.ok(line.length <= width || words.length === 1 || line.includes("'{"), line);
      }
    });

  it("says in both views what becomes of it, why, the next step and the sum of its time", () => {
    for (const explanation of pages) {
      const [text, markdown] = [explainText(explanation, { width: 120 }), explainMarkdown(explanation)];
      const { planned, classification, service } = explanation;
      assert.ok(text.startsWith(`${service.clusterName}/${service.name}: `));
      assert.match(text, /\n {2}why, asked in this order until one decides\n/);
      assert.equal(/\n {2}next step/.test(text), classification.remedy !== null);
      assert.match(markdown, /^# .*\n\n- `arn:/);
      assert.equal(markdown.includes("## What must hold when its turn comes"), planned !== null);
      if (planned === null) continue;
      const total = `${planned.estimate.toCapacityFreeMs / 1000} s`;
      assert.match(text, new RegExp(`until its capacity is free +${total}\n`));
      assert.ok(markdown.includes(`**${total}**`));
    }
  });

  it("lets nothing of an account steer the terminal", () => {
    const fleet = payCluster().service("api").tagged({ owner: "\u001b[31mred\u0007" }).build();
    const [service] = fleet.services;
    assert.ok(service !== undefined);
    const drafted = draftPlan({
      fleet,
      fleetSha256: "a".repeat(64),
      options: { ...DEFAULT_PLAN_OPTIONS, mutexTags: ["owner"] },
    });
    const page = explainText(explainService(drafted, fleet, service), { width: 80 });
    assert.ok(!page.includes("\u001b") && !page.includes("\u0007"));
  });
});

describe("plan --explain", () => {
  it("writes nothing, prints one page, and one value with --json", () =>
    inTemporaryDirectory(async (cwd) => {
      await writeFile(path.join(cwd, "fleet.json"), JSON.stringify(FLEET));
      const text = await runCli(["plan", "--explain", "checkout", "--mutex-tag", "owner"], { cwd });
      assert.deepEqual([text.exitCode, text.stderr], [0, ""]);
      assert.match(text.stdout, /^pay\/checkout: to redeploy \(redeploy\), in wave 3 of 5, low risk\n/);
      assert.match(text.stdout, /\n {2}never together with\n {4}owner=payments: pay\/ledger \(wave/);
      const { code, data } = jsonLine(await runCli(["plan", "--explain", "pay/checkout", "--json"], { cwd }));
      assert.deepEqual([code, data.explanation.schema], ["plan.explained", "fargate-cmk/explanation"]);
      const asJson = await runCli(["plan", "--explain", "pay/checkout", "--format", "json"], { cwd });
      assert.deepEqual(JSON.parse(asJson.stdout), data.explanation);
      const wrong = await runCli(["plan", "--explain", "chekout"], { cwd });
      assert.equal(wrong.exitCode, 2);
      assert.equal(wrong.stderr, "no-such-service: fleet.json has no service chekout. Did you mean pay/checkout?\n");
      assert.deepEqual(await readdir(cwd), ["fleet.json"]);
    }));
});
