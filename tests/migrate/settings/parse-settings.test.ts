// A settings file as people write it: what is taken, and what each mistake is told.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { GLOBAL_OPTIONS } from "../../../migrate/commands/program";
import { parseSettings } from "../../../migrate/commands/settings/parse-settings";
import { settingsJsonSchema } from "../../../migrate/commands/settings/settings-schema";
import { VERBS } from "../../../migrate/commands/verbs";
import { FargateCmkError } from "../../../migrate/errors";

const TABLE = { globals: GLOBAL_OPTIONS, verbs: VERBS };
const read = (text: string) => parseSettings(text, "fargate-cmk.yaml", TABLE);

describe("settings file", () => {
  it("takes options by the names of their flags, numbers written as numbers, and lists", () => {
    const text = "region: eu-west-1\nplan:\n  in-flight: 30\n  soak: 10m\n  mutex-tag: [shared-db, queue]\n";
    const plan = { "in-flight": "30", soak: "10m", "mutex-tag": ["shared-db", "queue"] };
    assert.deepEqual(read(text), { region: "eu-west-1", plan });
  });

  it("takes a file that says nothing", () => {
    assert.deepEqual(read(""), {});
    assert.deepEqual(read("# nothing yet\n"), {});
  });

  it("takes `no` for a word, not for false: YAML 1.2", () => {
    assert.deepEqual(read("profile: no\n"), { profile: "no" });
  });

  const mistakes: readonly (readonly [title: string, text: string, told: RegExp])[] = [
    ["an unknown key", "plan:\n  sok: 1\n", /plan\.sok is no option of fargate-cmk plan\|did you mean soak\?/],
    ["a key in camel case", "plan:\n  mutexTag: [a]\n", /plan\.mutexTag is no option .*\|did you mean mutex-tag\?/],
    ["a verb that is none", "plna:\n  soak: 1m\n", /plna is no option of fargate-cmk\|did you mean plan\?/],
    ["a confirmation given beforehand", "attach:\n  yes: true\n", /attach\.yes cannot stand in a settings file/],
    ["another endpoint", "endpoint-url: https://x.example\n", /endpoint-url cannot stand in a settings file/],
    ["one value where there is a list", "plan:\n  allow: image-drift=x\n", /at \$\.plan\.allow expected an array/],
    ["a word where a flag is", "quiet: very\n", /at \$\.quiet expected a boolean, found "very"/],
    ["a choice that is none", "plan:\n  format: pdf\n", /at \$\.plan\.format expected "text" or "md" or "json"/],
    ["a list for the whole", "- plan\n", /at \$ expected an object/],
    ["a key that stands twice", "region: a\nregion: b\n", /is not YAML at line 2, column 1: Map keys must be unique/],
    ["a bracket left open", "plan:\n  allow: [a\n", /is not YAML at line 3, column 1/],
    ["an alias, which may grow without bound", "plan: &a {soak: 1m}\nrun: *a\n", /is not YAML/],
  ];
  for (const [title, text, told] of mistakes)
    it(`tells ${title} with the place and the next step`, () => {
      assert.throws(
        () => read(text),
        (error) => error instanceof FargateCmkError && told.test(`${error.message}|${error.remedy}`),
      );
    });
});

describe("published schema of settings", () => {
  const published = JSON.parse(readFileSync("migrate/fargate-cmk.schema.json", "utf8"));

  it("is what the command itself checks by", () => {
    assert.deepEqual(published, JSON.parse(JSON.stringify(settingsJsonSchema(TABLE))));
  });

  it("describes every option that may stand in a file, and refuses unknown ones", () => {
    assert.equal(published.additionalProperties, false);
    assert.equal(published.properties.plan.additionalProperties, false);
    assert.match(published.properties.plan.properties.soak.description, /wait after each wave/);
    assert.equal(published.properties["endpoint-url"], undefined);
    assert.equal(published.properties.attach.properties.yes, undefined);
    for (const skips of ["accept", "probe"]) assert.equal(published.properties.preflight.properties[skips], undefined);
  });
});
