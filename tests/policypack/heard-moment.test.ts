import assert from "node:assert/strict";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { hearMoment } from "../../policypack/adapt/heard-moment";

describe("the moment in which a pack is asked", () => {
  const { requestDeserialize } = AnalyzerService.configureStack;

  afterEach(() => {
    AnalyzerService.configureStack.requestDeserialize = requestDeserialize;
  });

  /** What the engine sends, on its way to the host. */
  function tell(dryRun: boolean): AnalyzerStackConfigureRequest {
    const request = new AnalyzerStackConfigureRequest().setStack("dev").setDryRun(dryRun);
    return AnalyzerService.configureStack.requestDeserialize(Buffer.from(request.serializeBinary()));
  }

  it("is a state while nobody says anything, and what the engine's call says from then on", () => {
    const moment = hearMoment({});
    assert.equal(moment(), "state");
    tell(true);
    assert.equal(moment(), "preview");
    tell(false);
    assert.equal(moment(), "update");
  });

  it("is what the environment says where the engine makes no such call", () => {
    assert.equal(hearMoment({ PULUMI_DRY_RUN: "true" })(), "preview");
    assert.equal(hearMoment({ PULUMI_NODEJS_DRY_RUN: "false" })(), "update");
    assert.equal(hearMoment({ PULUMI_DRY_RUN: "maybe" })(), "state");
  });

  it("changes nothing of the call", () => {
    hearMoment({});
    assert.deepEqual([tell(true).getStack(), tell(true).getDryRun()], ["dev", true]);
  });
});
