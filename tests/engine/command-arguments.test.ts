import assert from "node:assert/strict";
import path from "node:path";
import { type CommandPlace, commandArguments } from "./command-arguments";

const BEFORE = ["-C", "/program", "up", "--non-interactive", "--stack", "test"];
const SETTINGS = ["--config-file", "/own/Pulumi.test.yaml", "--event-log", "/own/events.jsonl"];

describe("the command line of an engine run", () => {
  it("keeps settings out of the program's folder and agrees to what changes", () => {
    assert.deepEqual(commandArguments("up", {}, place()), [...BEFORE, ...SETTINGS, "--yes"]);
  });

  it("asks for no agreement to a preview", () => {
    assert.ok(!commandArguments("preview", {}, place()).includes("--yes"));
  });

  it("names policy packs by their full paths, for the engine runs elsewhere", () => {
    const args = commandArguments("preview", { policyPacks: [{ folder: "policypack" }] }, place());
    assert.deepEqual(args.slice(-2), ["--policy-pack", path.resolve("policypack")]);
  });

  it("gives every pack a configuration as soon as one has one", () => {
    const policyPacks = [{ folder: "/a" }, { folder: "/b", config: { rule: "mandatory" } }];
    const args = commandArguments("preview", { policyPacks, args: ["--diff"] }, place());
    assert.deepEqual(args.slice(-9), [
      ...["--policy-pack", "/a", "--policy-pack-config", "0 {}"],
      ...["--policy-pack", "/b", "--policy-pack-config", '1 {"rule":"mandatory"}'],
      "--diff",
    ]);
  });
});

function place(): CommandPlace {
  return {
    program: "/program",
    stack: "test",
    settingsFile: "/own/Pulumi.test.yaml",
    eventLog: "/own/events.jsonl",
    writeConfig: (config, index) => `${index} ${JSON.stringify(config)}`,
  };
}
