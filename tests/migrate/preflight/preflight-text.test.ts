import assert from "node:assert/strict";
import { known } from "../../../domain/fact";
import { preflightMarkdown } from "../../../migrate/render/preflight-markdown";
import { preflightText } from "../../../migrate/render/preflight-text";
import { payCluster } from "../fleets/service-case";
import { AT, denied, judged, KEY, LANE, withMetadata } from "./a-lane";

const PAGE = { width: 80, file: "preflight.json", run: "fargate-cmk run plan.json" };
const DISABLED = judged(withMetadata({ keyState: "Disabled" }));

describe("the page of a preflight", () => {
  it("says first that nothing stops the run, and last how to go on", () => {
    const lines = preflightText(judged(LANE), PAGE).split("\n");
    assert.match(lines[0] ?? "", /^Preflight of plan [0-9a-f]{6} · account 111122223333 · eu-west-1$/);
    assert.match(lines[3] ?? "", /^ {2}Nothing stops this run: \d+ pass, 1 to know, \d+ not applicable\.$/);
    assert.deepEqual(lines.slice(-3), ["  All of it is in preflight.json.", "  Next: fargate-cmk run plan.json", ""]);
  });

  it("names what stops the run with subject, reason and the command that mends it", () => {
    const text = preflightText(DISABLED, PAGE);
    assert.match(text, /^ {2}1 question stops this run: /m);
    const block = text.split("\n\n").find((one) => one.startsWith("  stops this run")) ?? "";
    assert.deepEqual(block.split("\n"), [
      "  stops this run",
      "    key-enabled (wanted: the keys are enabled)",
      `      ${KEY}:`,
      "        is Disabled",
      "        → ask who disabled it, then enable it:",
      "          aws kms enable-key --key-id \\",
      `          ${KEY}`,
    ]);
    const [mend, command] = text.trimEnd().split("\n").slice(-2);
    assert.equal(mend, "  Mend this, or accept it with a reason:");
    assert.equal(command, "  fargate-cmk run plan.json --accept key-enabled=REASON");
  });

  it("says of a plan that redeploys nothing that there is nothing to run", () => {
    const lines = preflightText(judged(LANE), { ...PAGE, width: 120, run: null })
      .trimEnd()
      .split("\n");
    const last = "  All of it is in preflight.json. There is nothing to run: the plan redeploys no service.";
    assert.equal(lines.at(-1), last);
  });

  it("keeps what was accepted apart, with the reason given", () => {
    const accepted = judged(withMetadata({ keyState: "Disabled" }), {
      accept: new Map([["key-enabled", "enabled at nine"]]),
    });
    const text = preflightText(accepted, PAGE);
    assert.match(text, /Nothing stops this run: \d+ pass, 1 accepted, 1 to know/);
    assert.match(text, /accepted, with the reason given\n {4}key-enabled {3}enabled at nine\s+\(/);
  });

  it("names the permission of what was not seen", () => {
    const { fact, entry } = denied("secretsmanager:DescribeSecret", "db-password");
    const secrets = LANE.secrets.map((one) => ({ ...one, state: fact }));
    const text = preflightText(judged({ ...LANE, secrets, unread: [entry] }), PAGE);
    assert.match(text, /not seen\n {4}secrets-present \(wanted: /);
    assert.match(text, /→ allow secretsmanager:DescribeSecret to who runs this/);
  });

  for (const width of [80, 120])
    it(`keeps to ${width} columns but for single words`, () => {
      for (const preflight of [DISABLED, judged(LANE), manyFindings()])
        for (const line of preflightText(preflight, { ...PAGE, width }).split("\n"))
          assert.ok(line.length <= width || /^ *(\S+ {2,})?\S+$/.test(line), line);
    });

  it("does not fill the screen when 300 services have the same finding", () => {
    const text = preflightText(manyFindings(), PAGE);
    assert.ok(text.split("\n").length < 130, `${text.split("\n").length} lines`);
    assert.match(
      text.replace(/\s+/g, " "),
      /pay\/s000, pay\/s001, pay\/s002, pay\/s003, pay\/s004 and 295 more, all in preflight\.json: neither/,
    );
  });

  it("steers no terminal with what an account holds", () => {
    const alarms = LANE.alarms.map((alarm) => ({ ...alarm, name: "checkout-5xx" }));
    const services = LANE.services.map((service) => ({
      ...service,
      alarms: { ...service.alarms, names: service.alarms.enable ? ["\u001b[2Jgone"] : [] },
    }));
    const text = preflightText(judged({ ...LANE, services, alarms }), PAGE);
    assert.equal(text.includes("\u001b"), false);
  });
});

describe("the Markdown of a preflight", () => {
  it("has every question once and every finding, escaped", () => {
    const preflight = manyFindings();
    const markdown = preflightMarkdown(preflight);
    for (const { id } of preflight.answers) assert.ok(markdown.includes(`\`${id}\``), id);
    assert.equal(markdown.match(/`pay\/s\d{3}`/g)?.length, 600);
    assert.match(markdown, /^# Preflight\n/);
    assert.match(preflightMarkdown(DISABLED), /\| `arn:aws:kms:[^|]+\| no \| is Disabled \| .*`aws kms enable-key/);
  });
});

/** 300 services without a way back, all on images named by tag. */
function manyFindings() {
  const builder = Array.from({ length: 300 }, (_, index) => `s${String(index).padStart(3, "0")}`).reduce(
    (fleet, name) => fleet.service(name, { desired: 1 }),
    payCluster(),
  );
  const fleet = builder.build();
  const roomy = { quota: known(1_000, AT), inUse: known(0, AT) };
  const subnets = fleet.subnets.map((subnet) => ({ ...subnet, availableIpAddresses: known(1_000, AT) }));
  const now = { ...fleet, subnets, capacity: { onDemand: roomy, spot: roomy } };
  return judged(now, { before: fleet });
}
