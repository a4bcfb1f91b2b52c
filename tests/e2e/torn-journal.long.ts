// What may be wrong with the files of a run, seen through the command: a torn or changed journal, a disk that fills up.

import assert from "node:assert/strict";
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { aFleet } from "../../simulator/fleet-builder";
import { type FullDisk, fullDiskEnvironment } from "./full-disk";
import { kill, SimulatedAccount, withAccount } from "./simulated-account";

const FLEET = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 2 })
  .service("ledger", { desired: 2 })
  .build();

interface Damage {
  readonly title: string;
  readonly damage: (lines: readonly string[]) => string;
  readonly code: string;
  readonly names: RegExp;
}

const DAMAGES: readonly Damage[] = [
  {
    title: "a line that was changed",
    damage: (lines) => text(lines.map((line, at) => (at === 1 ? line.replace('"v":1', '"v":1 ') : line))),
    code: "journal-broken",
    names: /journal\.jsonl:3: the hash of the line before does not match/,
  },
  {
    title: "a gap",
    damage: (lines) => text(lines.filter((_, at) => at !== 2)),
    code: "journal-broken",
    names: /journal\.jsonl:3: line 3 has seq 4/,
  },
  {
    title: "a line of another version",
    damage: (lines) => text(lines.map((line, at) => (at === 0 ? line.replace('"v":1', '"v":9') : line))),
    code: "foreign-version",
    names: /journal\.jsonl:1 has journal version 9, this program writes version 1/,
  },
  {
    title: "a whole line that is no JSON",
    damage: (lines) => `${text(lines)}half a line\n`,
    code: "journal-broken",
    names: /journal\.jsonl:\d+: the line is not JSON/,
  },
];

describe("the files of a run", function () {
  this.timeout(60_000);
  let twin: SimulatedAccount;
  let journal: string;

  before(async () => {
    twin = await SimulatedAccount.open({ fleet: FLEET });
    await twin.planned();
    const run = twin.start("run", "plan.json");
    await twin.momentAfter(run, ({ kind }) => kind === "progressed");
    await kill(run);
    journal = path.join(twin.runDirectory(), "journal.jsonl");
  });

  after(() => twin.close());

  for (const [index, { title, damage, code, names }] of DAMAGES.entries()) {
    const commands = [["run", "plan.json"], ...(index === 0 ? [["status"], ["report"]] : [])];
    it(`are refused with ${title} by ${commands.map(([verb]) => verb).join(", ")}, which change nothing`, async () => {
      const whole = readFileSync(journal, "utf8");
      writeFileSync(journal, damage(whole.trimEnd().split("\n")));
      try {
        const before = contents(twin.runDirectory());
        for (const [verb = "", file = twin.plan().planId] of commands) {
          const { stderr } = await twin.expect(3, verb, file);
          assert.match(stderr, new RegExp(`^${code}: `, "m"));
          assert.match(stderr, names);
        }
        assert.deepEqual(contents(twin.runDirectory()), before);
      } finally {
        writeFileSync(journal, whole);
      }
    });
  }

  it("go on after a torn last line, which is cut off and told", async () => {
    appendFileSync(journal, '{"v":1,"seq":99,"at":"2026');
    const status = await twin.expect(0, "status", twin.plan().planId);
    assert.match(status.stdout, /^run \w{6} /);
    const { stderr } = await twin.expect(0, "run", "plan.json");
    assert.match(
      stderr,
      /journal\.jsonl: the last line was incomplete \(26 bytes\) and was cut off; \d+ whole lines are kept/,
    );
    assertDeployedOnce(twin);
  });

  it("say which of them found no space, leave nothing half written, and go on when there is some", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      for (const name of ["plan.json", "preflight.json", "lock.json"]) {
        await assertStopsFull(account, { name, writesFit: 0 });
        assert.ok(!existsSync(path.join(account.runDirectory(), name)));
        assert.deepEqual(account.journal(), []);
      }
      await account.expect(0, "run", "plan.json");
      for (const name of ["report.json", "report.md"]) await assertStopsFull(account, { name, writesFit: 0 });
      await account.expect(0, "run", "plan.json");
      assertDeployedOnce(account);
    }));

  it("keep every line that had room, send nothing without one, and go on from each as soon as there is space", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      let lines = 0;
      // The fourth one ends between a redeployment and its answer.
      for (const writesFit of [0, 2, 2, 3, 6]) {
        await assertStopsFull(account, { name: "journal.jsonl", writesFit });
        lines += writesFit;
        assert.equal(account.journal().length, lines);
        assert.ok(account.calls("ecs:UpdateService") <= account.events("redeploy-intended").length);
        assert.equal(JSON.parse(readFileSync(path.join(account.runDirectory(), "lock.json"), "utf8")).owner, null);
      }
      await account.expect(0, "run", "plan.json");
      assert.ok(account.events("doubt-looked").length > 0, "no line was lost between a redeployment and its answer");
      assertDeployedOnce(account);
    }));

  it("say so when a request from another terminal finds no space", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      const run = account.start("run", "plan.json");
      const goOn = await account.momentAfter(run, ({ kind }) => kind === "progressed");
      const full = fullDiskEnvironment({ name: "control.json", writesFit: 0 });
      const { exitCode, stderr } = await account.cliWith(full, "pause", account.plan().planId);
      assert.equal(exitCode, 4, stderr);
      assertSaysFull(stderr, "control.json");
      goOn();
      assert.equal((await run.end).exitCode, 0);
    }));
});

async function assertStopsFull(account: SimulatedAccount, disk: FullDisk): Promise<void> {
  const { exitCode, stderr } = await account.cliWith(fullDiskEnvironment(disk), "run", "plan.json");
  assert.equal(exitCode, 4, stderr);
  assertSaysFull(stderr, disk.name);
  const left = readdirSync(account.runDirectory()).filter((file) => file.endsWith(".tmp"));
  assert.deepEqual(left, []);
}

function assertSaysFull(stderr: string, name: string): void {
  const paragraph = new RegExp(
    `^disk-full: cannot write \\S*${name.replace(".", "\\.")}: no space is left on the disk\\. Free some space there, then repeat the command; a run goes on from its journal\\.$`,
    "m",
  );
  assert.match(stderr, paragraph);
}

function assertDeployedOnce(account: SimulatedAccount): void {
  for (const [name, { counters }] of account.services())
    assert.deepEqual([name, counters.updateServiceCalls, counters.deploymentsStarted], [name, 1, 1]);
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

function contents(directory: string): ReadonlyMap<string, string> {
  return new Map(readdirSync(directory).map((name) => [name, readFileSync(path.join(directory, name), "utf8")]));
}
