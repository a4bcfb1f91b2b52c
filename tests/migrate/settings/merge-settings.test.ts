// Which of file, environment and command line wins, for every kind of option.

import assert from "node:assert/strict";
import { GLOBAL_OPTIONS } from "../../../migrate/commands/program";
import { mergeSettings, type SettingsQuestion } from "../../../migrate/commands/settings/merge-settings";
import { optionKeys } from "../../../migrate/commands/settings/option-keys";
import { VERBS } from "../../../migrate/commands/verbs";

const TABLE = { globals: GLOBAL_OPTIONS, verbs: VERBS };
const verb = VERBS.find(({ name }) => name === "plan") ?? assert.fail("no verb plan");

function merged(changes: Partial<SettingsQuestion>) {
  const options = { color: true, out: "plan.json", format: "text" };
  const nothing = { table: TABLE, verb, options, typed: new Set<string>(), env: {}, settings: {} };
  return mergeSettings({ ...nothing, ...changes }, "fargate-cmk.yaml");
}

describe("settings", () => {
  const settings = { region: "eu-west-1", plan: { soak: "10m", allow: ["stateful=a"], out: "p.json" } };

  it("come from the file where nothing else says anything, before the table's defaults", () => {
    const { options, origins } = merged({ settings });
    const { region, soak, allow, out, format } = options as Record<string, unknown>;
    assert.deepEqual([region, soak, allow, out, format], ["eu-west-1", "10m", ["stateful=a"], "p.json", "text"]);
    assert.equal(origins.get("--soak"), "plan.soak in fargate-cmk.yaml");
    assert.equal(origins.get("--region"), "region in fargate-cmk.yaml");
  });

  it("come from the environment before the file", () => {
    const env = { FARGATE_CMK_PLAN_SOAK: "1h", FARGATE_CMK_PLAN_ALLOW: "stateful=b, c\nprotected=d\n" };
    const { options, origins } = merged({ settings, env });
    assert.deepEqual([options.soak, options.allow], ["1h", ["stateful=b, c", "protected=d"]]);
    assert.equal(origins.get("--soak"), "FARGATE_CMK_PLAN_SOAK");
  });

  it("come from the command line before all else", () => {
    const env = { FARGATE_CMK_PLAN_SOAK: "1h" };
    const options = { color: true, soak: "5m" };
    const end = merged({ settings, env, options, typed: new Set(["soak"]) });
    assert.equal(end.options.soak, "5m");
    assert.equal(end.origins.has("--soak"), false);
  });

  it("leave the Region and the profile to AWS's own variables when those are set", () => {
    const fromFile = { region: "eu-west-1", profile: "a" };
    const { options } = merged({ settings: fromFile, env: { AWS_REGION: "us-east-1", AWS_PROFILE: "b" } });
    assert.deepEqual([options.region, options.profile], [undefined, undefined]);
  });

  it("take another command's section for nothing", () => {
    assert.equal(merged({ settings: { scan: { out: "f.json" } } }).options.out, "plan.json");
  });

  it("turn flags on and off, those that begin with no- too", () => {
    assert.equal(merged({ settings: { "no-color": true } }).options.color, false);
    assert.equal(merged({ settings: { "no-color": false } }).options.color, true);
    assert.equal(merged({ env: { FARGATE_CMK_QUIET: "1" } }).options.quiet, true);
    assert.equal(merged({ env: { FARGATE_CMK_QUIET: "0" } }).options.quiet, false);
  });

  it("refuse a variable that says neither yes nor no, or a word that is no choice", () => {
    assert.throws(() => merged({ env: { FARGATE_CMK_QUIET: "maybe" } }), /FARGATE_CMK_QUIET is "maybe"/);
    assert.throws(() => merged({ env: { FARGATE_CMK_PLAN_FORMAT: "pdf" } }), /FARGATE_CMK_PLAN_FORMAT is "pdf"/);
  });

  it("have a variable of their own for every option that a file may set, and for no other", () => {
    const keys = [...optionKeys(GLOBAL_OPTIONS, null), ...VERBS.flatMap((one) => optionKeys(one.options, one))];
    const settable = keys.filter(({ inFile }) => inFile);
    assert.equal(new Set(settable.map(({ variable }) => variable)).size, settable.length);
    for (const { variable } of settable) assert.match(variable ?? "none", /^FARGATE_CMK(_[A-Z]+)+$/);
    for (const { variable, inFile } of keys) assert.equal(variable === null, !inFile);
  });

  it("do not come from the environment where they skip a question or decide where calls go", () => {
    const env = { FARGATE_CMK_ENDPOINT_URL: "http://127.0.0.1:1", FARGATE_CMK_ATTACH_YES: "1" };
    const attach = VERBS.find(({ name }) => name === "attach") ?? assert.fail("no verb attach");
    const { options, origins } = merged({ env, verb: attach });
    assert.deepEqual([options.endpointUrl, options.yes, origins.size], [undefined, undefined, 0]);
  });
});
