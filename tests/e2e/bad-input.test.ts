// Everything that can be wrong with what a command is given: one paragraph with code, value, place and next step, the right exit
// code, and nothing half written.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { aFleet } from "../../simulator/fleet-builder";
import { type CliEnd, jsonLines } from "../migrate/cli/run-cli";
import { type Environment, SimulatedAccount, withAccount } from "./simulated-account";

const FLEET = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 2 })
  .service("ledger", { desired: 2 })
  .build();

interface Case {
  readonly title: string;
  readonly args: readonly string[];
  readonly exitCode: number;
  readonly code: string;
  /** What the paragraph must name: the wrong value and the place. */
  readonly names: readonly RegExp[];
  readonly env?: Environment;
  /** Makes the bad input; the good ones are there already. */
  readonly given?: (account: SimulatedAccount) => void;
}

const CASES: readonly Case[] = [
  {
    title: "a fleet that is no JSON",
    given: write("broken.json", '{"schema": "fargate-cmk/fleet", "version": 1,'),
    args: ["plan", "broken.json"],
    exitCode: 2,
    code: "not-json",
    names: [/broken\.json/],
  },
  {
    title: "a fleet of another version",
    given: edit("fleet.json", "other.json", (fleet) => ({ ...fleet, version: 99 })),
    args: ["plan", "other.json"],
    exitCode: 3,
    code: "foreign-version",
    names: [/other\.json/, /99/],
  },
  {
    title: "a fleet that is something else",
    given: write("policy.json", '{"Version": "2012-10-17", "Statement": []}'),
    args: ["plan", "policy.json"],
    exitCode: 2,
    code: "wrong-shape",
    names: [/policy\.json/],
  },
  {
    title: "a plan that does not exist",
    args: ["run", "plam.json"],
    exitCode: 2,
    code: "file-unreadable",
    names: [/plam\.json/],
  },
  {
    title: "a plan whose fleet was edited",
    given: (account) => {
      edit("fleet.json", "fleet-edited.json", (fleet) => ({ ...fleet, readAt: "2026-06-01T09:00:00.000Z" }))(account);
    },
    args: ["run", "plan.json", "--fleet", "fleet-edited.json"],
    exitCode: 3,
    code: "plan-mismatch",
    names: [/fleet-edited\.json/],
  },
  {
    title: "a plan that was edited",
    given: edit("plan.json", "plan-edited.json", (plan) => ({ ...plan, options: { ...plan.options, soakMs: 0 } })),
    args: ["run", "plan-edited.json"],
    exitCode: 3,
    code: "plan-mismatch",
    names: [/plan-edited\.json/],
  },
  {
    title: "a directory that is no run",
    given: (account) => mkdirSync(account.file("notes")),
    args: ["status", "notes"],
    exitCode: 2,
    code: "not-a-run",
    names: [/"notes"/],
  },
  {
    title: "a policy that is none",
    given: write("policy.json", '{"hello": "world"}'),
    args: ["check-key-policy", "policy.json", "--account", "111122223333", "--cluster", "pay", "--region", "eu-west-1"],
    exitCode: 2,
    code: "not-a-policy",
    names: [/policy\.json/],
  },
  {
    title: "an unknown cluster",
    args: ["scan", "--cluster", "pya", "--out", "new.json"],
    exitCode: 2,
    code: "no-such-cluster",
    names: [/pya/, /pay/],
  },
  {
    title: "an endpoint where nobody answers",
    args: ["scan", "--endpoint-url", "http://127.0.0.1:9", "--out", "new.json"],
    exitCode: 2,
    code: "unreachable",
    names: [/127\.0\.0\.1:9/],
  },
  {
    title: "no credentials",
    args: ["scan", "--out", "new.json"],
    env: { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
    exitCode: 2,
    code: "no-credentials",
    names: [/AWS_ACCESS_KEY_ID|--profile/],
  },
  {
    title: "credentials of another account",
    args: ["run", "plan.json"],
    env: { AWS_ACCESS_KEY_ID: "444455556666" },
    exitCode: 3,
    code: "wrong-account",
    names: [/111122223333/, /444455556666/],
  },
  {
    title: "a Region of another plan",
    args: ["run", "plan.json", "--region", "us-east-1"],
    exitCode: 3,
    code: "wrong-account",
    names: [/us-east-1/, /eu-west-1/],
  },
  {
    title: "an output that would overwrite what is no fleet",
    args: ["scan", "--out", "plan.json"],
    exitCode: 3,
    code: "refused",
    names: [/plan\.json/],
  },
  {
    title: "an option that there is not",
    args: ["plan", "--soack", "10m"],
    exitCode: 2,
    code: "usage",
    names: [/--soack/, /--soak/],
  },
  {
    title: "a time without a unit",
    args: ["plan", "--soak", "ten"],
    exitCode: 2,
    code: "usage",
    names: [/--soak/, /ten/],
  },
];

describe("bad input", function () {
  this.timeout(30_000);
  let account: SimulatedAccount;

  before(async () => {
    account = await SimulatedAccount.open({ fleet: FLEET });
    await account.planned();
  });

  after(() => account.close());

  for (const { title, args, exitCode, code, names, env = {}, given } of CASES) {
    it(`${title}: ${code}, exit code ${exitCode}`, async () => {
      given?.(account);
      const before = contents(account);
      const end = await account.cliWith(env, ...args, "--json");
      assert.equal(end.exitCode, exitCode, end.stdout + end.stderr);
      assertOneParagraph(end, code, names);
      assert.deepEqual(contents(account), before, "something was written");
    });
  }
});

describe("credentials that expire", function () {
  this.timeout(30_000);

  it("before a scan: one paragraph, exit code 4", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      await account.fault({ kind: "expired-credentials", count: 100 });
      assertOneParagraph(await account.expect(4, "scan", "--json"), "expired-credentials", [/expired/i]);
      assert.deepEqual(contents(account), new Map());
    }));
});

/** On stderr for people: `code: what and where. Next step.`; with --json the same on stdout in one line. */
function assertOneParagraph(end: CliEnd, code: string, names: readonly RegExp[]): void {
  const paragraphs = end.stderr.split("\n").filter((line) => line.startsWith(`${code}: `));
  assert.equal(paragraphs.length, 1, end.stderr);
  const said = paragraphs[0] ?? "";
  assert.match(said, /^[a-z-]+: \S.*\. \S.*[^.]\.$/, "not one paragraph with a next step");
  assert.doesNotMatch(end.stderr, /^\s+at /m, "a stack trace");
  for (const name of names) assert.match(said, name);
  const last = jsonLines(end).at(-1);
  assert.deepEqual([last?.code, last?.data.error, last?.data.exitCode], ["command.failed", code, end.exitCode]);
  assert.ok(last?.data.message.length > 10 && last?.data.remedy.length > 10);
}

/** Every file below the working directory with its text. */
function contents({ directory }: SimulatedAccount): ReadonlyMap<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`);
  return new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
}

function write(name: string, text: string): (account: SimulatedAccount) => void {
  return (account) => writeFileSync(account.file(name), text);
}

// Any document may be edited.
// biome-ignore lint/suspicious/noExplicitAny: the tests know what they edit
function edit(from: string, to: string, change: (document: any) => unknown): (account: SimulatedAccount) => void {
  return (account) => {
    writeFileSync(account.file(to), JSON.stringify(change(JSON.parse(readFileSync(account.file(from), "utf8")))));
  };
}
