import assert from "node:assert/strict";
import { engineReport } from "./engine-events";

const URN = "urn:pulumi:test::shop::aws:ecs/cluster:Cluster::main";
const TYPE = "aws:ecs/cluster:Cluster";

describe("the engine's event log", () => {
  it("tells what became of each step, with what differs", () => {
    const metadata = {
      ...{ op: "update", urn: URN, type: TYPE, diffs: ["configuration"] },
      detailedDiff: { "configuration.kmsKeyId": { kind: "add", inputDiff: false } },
      old: { id: "main", inputs: { name: "main" }, protect: true },
      new: null,
    };
    const { steps } = engineReport(log({ resourcePreEvent: { metadata } }, { resOutputsEvent: { metadata } }));
    assert.deepEqual(steps, [
      {
        ...{ op: "update", urn: URN, type: TYPE, name: "main", outcome: "done", diffs: ["configuration"] },
        detailedDiff: { "configuration.kmsKeyId": "add" },
        old: { id: "main", parent: "", provider: "", protect: true, inputs: { name: "main" }, outputs: {} },
        new: null,
      },
    ]);
  });

  it("keeps a step that failed, and one that was never reached, apart from one that is done", () => {
    const metadata = (name: string) => ({ op: "create", urn: `${URN}${name}`, type: TYPE, old: null, new: null });
    const { steps } = engineReport(
      log(
        { resourcePreEvent: { metadata: metadata("1") } },
        { resourcePreEvent: { metadata: metadata("2") } },
        { resOpFailedEvent: { metadata: metadata("2") } },
      ),
    );
    assert.deepEqual(
      steps.map(({ outcome }) => outcome),
      ["planned", "failed"],
    );
  });

  it("shows violations with pack, rule, level and resource", () => {
    const policyEvent = {
      ...{
        resourceUrn: URN,
        message: "what\nwhy\n",
        policyName: "key",
        policyPackName: "pack",
        enforcementLevel: "mandatory",
      },
    };
    assert.deepEqual(engineReport(log({ policyEvent })).violations, [
      { pack: "pack", policy: "key", level: "mandatory", urn: URN, message: "what\nwhy" },
    ]);
  });

  it("names each policy once that passed somewhere, on a resource or on the stack", () => {
    const summary = { resourceUrn: URN, policyPackName: "pack", failed: ["other"] };
    const { passed } = engineReport(
      log(
        { policyAnalyzeSummaryEvent: { ...summary, passed: ["key", "form"] } },
        { policyAnalyzeSummaryEvent: summary },
        { policyAnalyzeStackSummaryEvent: { passed: ["key", "use"] } },
      ),
    );
    assert.deepEqual(passed, ["form", "key", "use"]);
  });

  it("leaves out debugging and the engine's remark on our launchers", () => {
    const said = (severity: string, message: string) => ({ diagnosticEvent: { severity, message } });
    const { diagnostics } = engineReport(
      log(
        said("debug", "inner workings"),
        said("warning", "using pulumi-resource-aws from $PATH at /own/pulumi-resource-aws\n"),
        said("info#err", "from the program\n"),
        said("error", "wrong\n"),
      ),
    );
    assert.deepEqual(diagnostics, [
      { severity: "info", message: "from the program", urn: "" },
      { severity: "error", message: "wrong", urn: "" },
    ]);
  });

  it("counts by the last summary, and reads on past a line that is cut off", () => {
    const whole = log(
      { summaryEvent: { resourceChanges: { create: 2 } } },
      { summaryEvent: { resourceChanges: { same: 2 } } },
    );
    assert.deepEqual(engineReport(`${whole}\n{"summaryEv`).changes, { same: 2 });
    assert.deepEqual(engineReport(""), { steps: [], diagnostics: [], violations: [], passed: [], changes: {} });
  });
});

function log(...events: readonly object[]): string {
  return events.map((event) => JSON.stringify(event)).join("\n");
}
