import assert from "node:assert/strict";
import { keepIgnored } from "./ignored-changes";

describe("ignored changes", () => {
  const olds = { desiredCount: 5, configuration: { exec: { logging: "NONE" } }, tags: { "a.b": "1" }, list: ["x"] };

  it("put the state's value back, at any depth and in lists", () => {
    const news = {
      desiredCount: 2,
      configuration: { storage: { key: "k" } },
      tags: { "a.b": "2", c: "3" },
      list: ["y"],
    };
    assert.deepEqual(keepIgnored(news, olds, ["desiredCount", "configuration.exec", 'tags["a.b"]', "list[0]"]), {
      desiredCount: 5,
      configuration: { storage: { key: "k" }, exec: { logging: "NONE" } },
      tags: { "a.b": "1", c: "3" },
      list: ["x"],
    });
  });

  it("take away what the state does not have", () => {
    assert.deepEqual(keepIgnored({ a: "1", b: { c: "2", d: "3" } }, {}, ["a", "b.c"]), { b: { d: "3" } });
  });

  it("leave inputs alone that no path names", () => {
    assert.deepEqual(keepIgnored({ a: "1" }, { a: "2" }, ["other.thing"]), { a: "1" });
  });

  it("with a star keep everything", () => {
    assert.deepEqual(keepIgnored({ desiredCount: 1 }, olds, ["*"]), olds);
  });
});
