import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import { NATIVE_TASK_DEFINITION, TASK_DEFINITION } from "../../../policypack/rules/resource-types";
import { efsInTransit } from "../../../policypack/rules/storage/efs-in-transit";
import type { Fail, Verdict } from "../../../policypack/rules/verdict";
import { asked } from "../circumstances";
import { efsVolume } from "../compliant/storage";
import { judged } from "../judged";
import { SCENES } from "../scenes/efs-in-transit";
import { subject } from "../subjects";

function check(volumes: unknown, config: Properties = {}, type = TASK_DEFINITION): Verdict {
  const verdict = efsInTransit.checkResource?.(subject(type, { volumes }), asked(efsInTransit, { config }));
  return verdict ?? assert.fail("there is no check of a resource");
}

function failed(verdict: Verdict): Fail {
  return verdict.kind === "fail" ? verdict : assert.fail(`it is ${verdict.kind}: ${verdict.reason}`);
}

describe("efs-in-transit", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(efsInTransit, SCENES));

  it("passes with TLS and IAM, while the file system is still to be made", () => {
    const volume = efsVolume({
      fileSystemId: UNKNOWN,
      authorizationConfig: { accessPointId: UNKNOWN, iam: "ENABLED" },
    });
    for (const type of [TASK_DEFINITION, NATIVE_TASK_DEFINITION]) assert.equal(check([volume], {}, type).kind, "pass");
  });

  it("fails without TLS: turned off, left out or empty", () => {
    for (const transitEncryption of ["DISABLED", undefined, "", null]) {
      const { reason, change } = failed(check([efsVolume({ transitEncryption })]));
      assert.equal(reason, 'Task definition "web" mounts EFS without TLS: volume "data".');
      assert.ok(change.includes('+       transitEncryption: "ENABLED",'));
    }
    assert.ok(
      failed(check([efsVolume({ transitEncryption: "DISABLED" })])).change.includes(
        '-       transitEncryption: "DISABLED",',
      ),
    );
  });

  it("fails without IAM authorization, unless a team holds TLS alone", () => {
    for (const authorizationConfig of [
      undefined,
      { iam: "DISABLED" },
      { accessPointId: "fsap-1" },
      { __defaults: [] },
    ]) {
      const volumes = [efsVolume({ authorizationConfig })];
      assert.match(failed(check(volumes)).reason, /without IAM authorization: volume "data"/);
      assert.equal(check(volumes, { requireIam: false }).kind, "pass");
    }
  });

  it("keeps what else stands in the authorization, such as an access point", () => {
    const volumes = [efsVolume({ authorizationConfig: { accessPointId: "fsap-1", iam: "DISABLED" } })];
    assert.deepEqual(failed(check(volumes)).change, [
      '  new aws.ecs.TaskDefinition("web", {',
      "    volumes: [",
      '      { name: "data", efsVolumeConfiguration: {',
      "        authorizationConfig: {",
      '-         iam: "DISABLED",',
      '+         iam: "ENABLED",',
      "        },",
      "      } },",
      "    ],",
      "  });",
    ]);
  });

  it("names every volume that is wrong, and no other", () => {
    const volumes = [
      efsVolume({ transitEncryption: "DISABLED" }, "a"),
      efsVolume({}, "b"),
      efsVolume({ authorizationConfig: undefined }, "c"),
      { name: "d", hostPath: "/tmp" },
    ];
    const { reason, evidence } = failed(check(volumes));
    assert.match(reason, /volumes "a", "c"\.$/);
    assert.deepEqual(evidence, [
      'volume "a": transitEncryption is "DISABLED"',
      'volume "c": authorizationConfig.iam is absent, which is DISABLED',
    ]);
  });

  it("is not applicable without EFS volumes: none, other kinds, blocks that hold only defaults", () => {
    for (const volumes of [
      undefined,
      [],
      null,
      [{ name: "tmp" }],
      [{ name: "x", efsVolumeConfiguration: { __defaults: [] } }],
    ]) {
      assert.equal(check(volumes).kind, "notApplicable");
    }
  });

  it("is unknown while a setting, a block, a volume or the list is not known, naming it", () => {
    const cases: readonly (readonly [unknown, RegExp])[] = [
      [UNKNOWN, /: volumes is not known/],
      [[UNKNOWN], /volumes\[0\] is not known/],
      [[efsVolume(), { name: "x", efsVolumeConfiguration: UNKNOWN }], /volumes\[1\] is not known/],
      [
        [efsVolume({ transitEncryption: UNKNOWN })],
        /volumes\[0\]\.efsVolumeConfiguration\.transitEncryption is not known/,
      ],
      [[efsVolume({ authorizationConfig: UNKNOWN })], /efsVolumeConfiguration\.authorizationConfig is not known/],
      [[efsVolume({ authorizationConfig: { iam: UNKNOWN } })], /authorizationConfig\.iam is not known/],
    ];
    for (const [volumes, why] of cases) {
      const verdict = check(volumes);
      assert.equal(verdict.kind, "unknown");
      assert.match(verdict.reason, why);
    }
  });

  it("fails over what is surely wrong, whatever else is not known", () => {
    assert.equal(check([UNKNOWN, efsVolume({ transitEncryption: "DISABLED" })]).kind, "fail");
    assert.equal(check([efsVolume({ transitEncryption: "DISABLED", authorizationConfig: UNKNOWN })]).kind, "fail");
  });

  it("survives volumes of another shape", () => {
    for (const volumes of ["data", 7, [null], ["data"], { name: "data" }])
      assert.equal(check(volumes).kind, "notApplicable");
  });
});
