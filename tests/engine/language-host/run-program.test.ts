import assert from "node:assert/strict";
import { answerTo, runArguments } from "./run-program";
import { runRequest } from "./run-request";

describe("running a program", () => {
  it("hands on where the engine is, whose stack it is and where the program stands", () => {
    assert.deepEqual(runArguments(runRequest("main.ts"), "127.0.0.1:2"), [
      ...["--monitor", "127.0.0.1:1", "--engine", "127.0.0.1:2", "--organization", "org", "--project", "tiny"],
      ...["--root-directory", "/project", "--stack", "test", "--pwd", "/project/program", "--parallel", "8", "main.ts"],
    ]);
  });

  it("says when it is a preview, and runs the folder's entry point when none is named", () => {
    const preview = runRequest("main.ts");
    preview.setDryrun(true);
    preview.getInfo()?.setEntryPoint("");
    preview.addArgs("more");
    assert.deepEqual(runArguments(preview, "").slice(-5), ["--parallel", "8", "--dry-run", ".", "more"]);
  });

  it("tells success, an error that was shown already and one that was not apart", () => {
    const answers = [0, 32, 1].map((code) => answerTo({ kind: "exited", code }).toObject());
    assert.deepEqual(answers, [
      { error: "", bail: false },
      { error: "", bail: true },
      { error: "Program exited with non-zero exit code: 1", bail: false },
    ]);
  });

  it("takes a program that was ended, or never began, for failed", () => {
    assert.match(answerTo({ kind: "signalled", signal: "SIGKILL" }).getError(), /SIGKILL/);
    assert.match(answerTo({ kind: "notStarted", error: new Error("no room") }).getError(), /no room/);
  });
});
