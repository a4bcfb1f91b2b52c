import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import { FILE_SYSTEM, NATIVE_FILE_SYSTEM } from "../../../policypack/rules/resource-types";
import { efsEncrypted } from "../../../policypack/rules/storage/efs-encrypted";
import type { Fail, Verdict } from "../../../policypack/rules/verdict";
import { asked } from "../circumstances";
import { judged } from "../judged";
import { SCENES } from "../scenes/efs-encrypted";
import { subject } from "../subjects";

const STRICT = { requireCustomerKey: true };

function check(broken: Properties, config: Properties = {}, type = FILE_SYSTEM): Verdict {
  const verdict = efsEncrypted.checkResource?.(
    subject(type, broken, { name: "files" }),
    asked(efsEncrypted, { config }),
  );
  return verdict ?? assert.fail("there is no check of a resource");
}

function failed(verdict: Verdict): Fail {
  return verdict.kind === "fail" ? verdict : assert.fail(`it is ${verdict.kind}: ${verdict.reason}`);
}

describe("efs-encrypted", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(efsEncrypted, SCENES));

  it("passes with encryption, also where a program of another language says so in a text", () => {
    for (const type of [FILE_SYSTEM, NATIVE_FILE_SYSTEM]) assert.equal(check({}, {}, type).kind, "pass");
    assert.equal(check({ encrypted: "true", kmsKeyId: undefined }).kind, "pass");
  });

  it("fails without encryption, off or left out, and warns that the change replaces the file system", () => {
    for (const encrypted of [false, "false", undefined, null, ""]) {
      const { reason, evidence, change } = failed(check({ encrypted }));
      assert.equal(reason, 'File system "files" is not encrypted at rest.');
      assert.ok(evidence.some((line) => line.includes("replaces the file system")));
      assert.ok(change.some((line) => line.includes("encrypted: true,")));
    }
  });

  it("shows a value that is there as replaced, and keeps a key that is wired", () => {
    assert.deepEqual(failed(check({ encrypted: "false" })).change, [
      '  new aws.efs.FileSystem("files", {',
      '-   encrypted: "false",',
      "+   encrypted: true,",
      "  });",
    ]);
    assert.deepEqual(failed(check({ encrypted: undefined, kmsKeyId: undefined }, {}, NATIVE_FILE_SYSTEM)).change, [
      'new awsNative.efs.FileSystem("files", {',
      "  encrypted: true,",
      "  kmsKeyId: key.arn,",
      "});",
    ]);
  });

  it("fails with a key that is wired to a file system which does not encrypt, known or not", () => {
    for (const kmsKeyId of [UNKNOWN, "alias/files"]) {
      const { evidence } = failed(check({ encrypted: undefined, kmsKeyId }));
      assert.ok(evidence.includes("kmsKeyId is given, and takes effect only with encrypted: true"));
    }
  });

  it("is unknown while encrypted is not known, whatever the key", () => {
    for (const kmsKeyId of [UNKNOWN, undefined]) {
      const verdict = check({ encrypted: UNKNOWN, kmsKeyId });
      assert.equal(verdict.kind, "unknown");
      assert.match(verdict.reason, /encrypted is not known yet/);
    }
  });

  it("asks for a customer managed key only where that is configured", () => {
    for (const kmsKeyId of [undefined, "", "alias/aws/elasticfilesystem"]) {
      assert.equal(check({ kmsKeyId }).kind, "pass");
      assert.match(failed(check({ kmsKeyId }, STRICT)).reason, /the key that AWS manages/);
    }
    const arn = "arn:aws:kms:eu-central-1:111122223333:alias/aws/elasticfilesystem";
    assert.deepEqual(failed(check({ kmsKeyId: arn }, STRICT)).change.slice(1, 3), [
      `-   kmsKeyId: "${arn}",`,
      "+   kmsKeyId: key.arn,",
    ]);
  });

  it("takes a key that the same stack makes, whose ARN is not known yet, and an alias of yours", () => {
    for (const kmsKeyId of [UNKNOWN, "alias/files", "alias/awsome"])
      assert.equal(check({ kmsKeyId }, STRICT).kind, "pass");
  });
});
