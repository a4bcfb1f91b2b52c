// Every verb of the command line, in the order in which a person needs them.
// Invariant: each has an example that works as it stands after the verbs before it.

import type { Verb, VerbOption } from "./verb";
import { ACCEPT_OPTION, PLAN_ARGUMENT, PLANNED_FLEET_OPTION, RUN_ARGUMENT, VERBS_OF_RUNS } from "./verbs-of-runs";

const CLUSTER_OPTION: VerbOption = {
  flags: "--cluster <name>",
  description: "only this cluster (name or ARN); may be given several times",
  repeated: true,
};

export const VERBS: readonly Verb[] = [
  {
    name: "demo",
    summary: "the whole story on a simulated AWS account: nothing needed, nothing touched",
    arguments: [],
    options: [
      { flags: "--seed <number>", description: "another simulated account" },
      { flags: "--out <directory>", description: "where its files go" },
    ],
    example: "fargate-cmk demo",
    yields: "events",
    load: () => (require("./demo") as typeof import("./demo")).demoCommand,
  },
  {
    name: "scan",
    summary: "read clusters, services, tasks and keys of one account and Region; changes nothing",
    arguments: [],
    options: [
      CLUSTER_OPTION,
      { flags: "--out <file>", description: "the fleet file to write", default: "fleet.json" },
      {
        flags: "--from-dir <folder>",
        description:
          "read JSON outputs of the AWS CLI (aws ecs describe-services … > x.json) from this folder instead of AWS: no call, " +
          "no credentials; files are told by what they hold, and one folder is one account and Region",
      },
      {
        flags: "--read-at <instant>",
        description:
          "with --from-dir: when the outputs were made, e.g. 2026-11-22T09:14:00Z (default: the newest instant in them, which " +
          "may make the fleet look older than it is, never younger)",
      },
      {
        flags: "--configurations-included",
        description:
          "with --from-dir: describe-clusters was given --include CONFIGURATIONS, so a cluster that shows no configuration has " +
          "none; otherwise its key is unknown",
      },
    ],
    example: "fargate-cmk scan --region eu-west-1 --cluster pay",
    yields: "value",
    load: () => (require("./scan") as typeof import("./scan")).scanCommand,
  },
  {
    name: "plan",
    summary: "say what a run would do and what it would not, and why; pure computation, no AWS call",
    arguments: [{ notation: "[fleet]", description: "the fleet file of a scan (default: fleet.json)" }],
    options: [
      { flags: "--out <file>", description: "the plan file to write", default: "plan.json" },
      { flags: "--order <tag:KEY=VALUES>", description: "waves by a tag's values, e.g. tag:tier=dev,staging,prod" },
      { flags: "--soak <time>", description: "wait after each wave, e.g. 90s, 10m or 2h" },
      {
        flags: "--in-flight <count>",
        description: "services redeploying at once, at most; what has ended well and drains counts no more",
      },
      { flags: "--failures <count>", description: "failed services that a run bears before it halts" },
      {
        flags: "--allow <CLASS[:cluster/service]=REASON>",
        description:
          "redeploy a blocked class, or one service of it, with a reason that is kept; may be given several times",
        repeated: true,
      },
      {
        flags: "--mutex-tag <key>",
        description: "services with the same value of this tag never roll together; may be given several times",
        repeated: true,
      },
      {
        flags: "--approve",
        description: "every wave but the first waits until a person says yes: fargate-cmk approve",
      },
      {
        flags: "--gate-alarm <name>",
        description: "a CloudWatch alarm that must be quiet when a wave opens; may be given several times",
        repeated: true,
      },
      {
        flags: "--wave-failures <number>",
        description: "failed services that one wave bears before the run halts (default: only the run's own budget)",
      },
      {
        flags: "--platform-pin <version>",
        description: "what a stale platform version pin is set to",
        choices: ["1.4.0", "LATEST"],
      },
      {
        flags: "--explain <service>",
        description:
          "explain one service (name, cluster/service or ARN) and write nothing: why its class and wave, its numbers",
      },
      {
        flags: "--format <format>",
        description: "how the plan is shown",
        choices: ["text", "md", "json"],
        default: "text",
      },
    ],
    example: "fargate-cmk plan fleet.json --order tag:tier=dev,staging,prod --soak 10m",
    yields: "value",
    load: () => (require("./plan") as typeof import("./plan")).planCommand,
  },
  {
    name: "preflight",
    summary: "ask every question whose answer could stop the run of a plan; changes nothing unless --probe asks for it",
    arguments: [PLAN_ARGUMENT],
    options: [
      PLANNED_FLEET_OPTION,
      ACCEPT_OPTION,
      {
        flags: "--probe",
        description:
          "launch one task of its own in each cluster with work in it, see it start on the key, and take it away: only that " +
          "shows an organisation's policy that denies; not launched when another question stops the run",
      },
      {
        flags: "--probe-image <image>",
        description: "the image that such a task pulls (default: that of a planned service; nothing of it is run)",
      },
      { flags: "--out <file>", description: "the preflight file to write", default: "preflight.json" },
      {
        flags: "--format <format>",
        description: "how the answers are shown",
        choices: ["text", "md", "json"],
        default: "text",
      },
    ],
    example: "fargate-cmk preflight plan.json",
    yields: "value",
    closes: ({ probe }) => probe === true,
    load: () => (require("./preflight") as typeof import("./preflight")).preflightCommand,
  },
  ...VERBS_OF_RUNS,
  {
    name: "verify",
    summary: "prove the present state task by task: does every running task use its cluster's key",
    arguments: [],
    options: [
      CLUSTER_OPTION,
      { flags: "--expect <state>", description: "exit with 5 unless every task is proved", choices: ["encrypted"] },
    ],
    example: "fargate-cmk verify --cluster pay --expect encrypted",
    yields: "value",
    load: () => (require("./verify") as typeof import("./verify")).verifyCommand,
  },
  {
    name: "report",
    summary: "the evidence of a run: what was proved, before and after, and what was not migrated and why",
    arguments: [RUN_ARGUMENT],
    options: [
      { flags: "--format <format>", description: "how the report is written", choices: ["json", "md"], default: "md" },
      { flags: "--out <file>", description: "write it there instead of showing it" },
    ],
    example: "fargate-cmk report 3f9a1c --format md --out report.md",
    yields: "value",
    load: () => (require("./report") as typeof import("./report")).reportCommand,
  },
  {
    name: "attach",
    summary: "attach a key to an existing cluster: checks the key first, keeps the rest of the configuration",
    arguments: [
      { notation: "<cluster>", description: "the cluster's name or ARN" },
      { notation: "<key>", description: "the key's ARN" },
    ],
    options: [
      { flags: "--dry-run", description: "check and say what would change, without changing it" },
      { flags: "--replace <key>", description: "the key that the cluster has now and that the new one replaces" },
      { flags: "--yes", description: "do not ask" },
    ],
    example:
      "fargate-cmk attach pay arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab --dry-run",
    yields: "value",
    load: () => (require("./attach") as typeof import("./attach")).attachCommand,
  },
  {
    name: "check-key-policy",
    summary:
      "say whether a key policy lets Fargate use the key for a cluster, and which statement decides; no AWS needed",
    arguments: [{ notation: "<file>", description: "the policy document, or - for standard input" }],
    options: [
      { flags: "--account <id>", description: "the 12 digits of the cluster's account", required: true },
      { flags: "--cluster <name>", description: "the cluster's name", required: true },
      { flags: "--key <arn>", description: "the key's ARN, where the policy's Resource names one" },
    ],
    example: "fargate-cmk check-key-policy policy.json --account 111122223333 --cluster pay --region eu-west-1",
    yields: "value",
    load: () => (require("./check-key-policy") as typeof import("./check-key-policy")).checkKeyPolicyCommand,
  },
  {
    name: "permissions",
    summary: "print the least IAM policy with which a command does its work; no AWS needed",
    arguments: [
      { notation: "[command]", description: "scan, preflight, run, verify or attach (default: all of them together)" },
    ],
    options: [
      { flags: "--account <id>", description: "only in this account (12 digits)" },
      {
        flags: "--cluster <name>",
        description: "only for this cluster; may be given several times",
        repeated: true,
      },
      { flags: "--key <arn>", description: "only for this key; may be given several times", repeated: true },
      { flags: "--probe", description: "with what preflight --probe calls too, which alone makes it change something" },
      {
        flags: "--format <format>",
        description: "the policy, or what each permission is for and what goes unseen without it",
        choices: ["json", "text"],
        default: "json",
      },
    ],
    example: "fargate-cmk permissions run --account 111122223333 --region eu-west-1 --cluster pay",
    yields: "value",
    load: () => (require("./permissions") as typeof import("./permissions")).permissionsCommand,
  },
  {
    name: "simulate",
    summary: "serve the embedded AWS on this machine, for AWS_ENDPOINT_URL, until Ctrl-C",
    arguments: [],
    options: [
      { flags: "--port <number>", description: "0 takes a free one", default: "4566" },
      { flags: "--host <address>", description: "the address to listen on", default: "127.0.0.1" },
      { flags: "--fleet <file>", description: "a scanned fleet to make the world from (default: a made-up one)" },
      { flags: "--speed <factor>", description: "simulated seconds in one second", default: "1" },
      { flags: "--seed <number>", description: "the same seed makes the same world", default: "1" },
      { flags: "--read-lag <time>", description: "reads may lag this far behind writes, e.g. 2s", default: "0" },
      { flags: "--force", description: "allow a host that other machines can reach" },
    ],
    example: "fargate-cmk simulate --port 4566 --speed 60",
    yields: "events",
    load: () => (require("./simulate") as typeof import("./simulate")).simulateCommand,
  },
];
