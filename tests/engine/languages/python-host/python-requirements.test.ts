import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { LinkRequest, ProgramInfo } from "@pulumi/pulumi/proto/language_pb";
import { linkedRequirements } from "./python-requirements";

describe("the requirements of a Python program", () => {
  it("name a generated package once, however often it is generated and however the file ends", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "fargate-cmk-requirements-"));
    const file = path.join(folder, "requirements.txt");
    const info = new ProgramInfo().setRootDirectory(folder);
    const dependency = new LinkRequest.LinkDependency().setPath("sdks/fargate-cmk");
    const request = new LinkRequest().setInfo(info).setPackagesList([dependency]);
    try {
      for (const before of ["pulumi>=3.0.0", "pulumi>=3.0.0\n", "pulumi>=3.0.0\nsdks/fargate-cmk\n"]) {
        writeFileSync(file, before);
        linkedRequirements(request);
        assert.equal(readFileSync(file, "utf8"), "pulumi>=3.0.0\nsdks/fargate-cmk\n");
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
