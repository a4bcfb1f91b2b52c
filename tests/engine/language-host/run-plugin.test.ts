import assert from "node:assert/strict";
import path from "node:path";
import { ProgramInfo, RunPluginRequest } from "@pulumi/pulumi/proto/language_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { pluginArguments } from "./run-plugin";
import { runtimeEnvironment, runtimeOptions } from "./runtime-options";

const FOLDER = path.resolve("tests/engine/programs/tiny-pack");

describe("running a plugin", () => {
  it("starts a policy pack with the engine's arguments first", () => {
    const [script, ...rest] = pluginArguments(request("analyzer"));
    assert.equal(script, require.resolve("@pulumi/pulumi/cmd/run-policy-pack"));
    assert.deepEqual(rest, ["127.0.0.1:1", FOLDER]);
  });

  it("starts any other plugin with its folder first", () => {
    const [script, ...rest] = pluginArguments(request("resource"));
    assert.equal(script, require.resolve("@pulumi/pulumi/cmd/run-plugin"));
    assert.deepEqual(rest, [FOLDER, "127.0.0.1:1"]);
  });

  it("says where @pulumi/pulumi is missing", () => {
    const stray = request("analyzer");
    stray.getInfo()?.setProgramDirectory("/nowhere");
    assert.throws(
      () => pluginArguments(stray),
      /cmd\/run-policy-pack cannot be reached from \/nowhere: install @pulumi\/pulumi/,
    );
  });
});

describe("runtime options", () => {
  it("compile TypeScript unless a project says otherwise", () => {
    assert.deepEqual(runtimeOptions(undefined), { typescript: true, nodeArgs: [] });
    const options = runtimeOptions(infoWith({ typescript: false, tsconfig: "other.json", nodeargs: "--a  --b=c" }));
    assert.deepEqual(options, { typescript: false, tsconfig: "other.json", nodeArgs: ["--a", "--b=c"] });
    assert.deepEqual(runtimeEnvironment(options), {
      PULUMI_NODEJS_TYPESCRIPT: "false",
      PULUMI_NODEJS_TSCONFIG_PATH: "other.json",
    });
  });
});

function request(kind: string): RunPluginRequest {
  const request = new RunPluginRequest();
  request.setKind(kind);
  request.setInfo(infoWith({}));
  request.addArgs("127.0.0.1:1");
  return request;
}

function infoWith(options: Record<string, string | boolean>): ProgramInfo {
  const info = new ProgramInfo();
  info.setProgramDirectory(FOLDER);
  info.setOptions(Struct.fromJavaScript(options));
  return info;
}
