import assert from "node:assert/strict";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { runRequest } from "../../language-host/run-request";
import { executeArguments, interpreterOf } from "./run-python-program";

describe("running a Python program", () => {
  it("hands on where the engine is, whose stack it is, where the program stands, and whether it is a preview", () => {
    const expected = [
      ...["--monitor", "127.0.0.1:1", "--engine", "127.0.0.1:2", "--organization", "org", "--project", "tiny"],
      ...["--root-directory", "/project", "--stack", "test", "--parallel", "8"],
    ];
    assert.deepEqual(executeArguments(runRequest("."), "127.0.0.1:2"), [...expected, "/project/program"]);
    const preview = runRequest(".");
    preview.setDryrun(true);
    assert.deepEqual(executeArguments(preview, "127.0.0.1:2"), [...expected, "--dry-run", "/project/program"]);
  });

  it("takes the interpreter of the project's virtual environment, or the machine's where there is none", () => {
    const inEnvironment = runRequest(".");
    inEnvironment.getInfo()?.setOptions(Struct.fromJavaScript({ toolchain: "pip", virtualenv: "venv" }));
    assert.equal(interpreterOf(inEnvironment), "/project/venv/bin/python");
    assert.equal(interpreterOf(runRequest(".")), "python3");
  });
});
