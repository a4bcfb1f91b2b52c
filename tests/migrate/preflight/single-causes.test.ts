import assert from "node:assert/strict";
import type { Fleet } from "../../../domain/fleet";
import { QUESTIONS } from "../../../migrate/core/preflight/questions";
import { payCluster } from "../fleets/service-case";
import { answerTo, BEFORE, judged, LANE, reds } from "./a-lane";
import { KEY_CAUSES } from "./key-causes";
import { CALLER_CAUSES, CLUSTER_CAUSES, ROLL_CAUSES, ROOM_CAUSES, START_CAUSES } from "./lane-causes";

const CAUSES = [KEY_CAUSES, CLUSTER_CAUSES, START_CAUSES, ROLL_CAUSES, ROOM_CAUSES, CALLER_CAUSES].flat();
const REPOSITORY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/pay";

describe("a preflight turns exactly one question red when", () => {
  for (const { title, red, now = LANE, request = {}, reason } of CAUSES) {
    it(`${title}: ${red}`, () => {
      const preflight = judged(now, request);
      const before = red === "caller-account" ? [] : BEFORE;
      assert.deepEqual(
        reds(preflight).filter((id) => !before.includes(id)),
        [red],
      );
      const [finding] = answerTo(preflight, red).findings;
      assert.ok(finding?.reason.includes(reason), finding?.reason);
    });
  }

  it("an image is named by tag: images-by-digest", () => {
    const pinned = oneService(`${REPOSITORY}@sha256:${"a".repeat(64)}`);
    assert.deepEqual(reds(judged(pinned, { before: pinned })), []);
    const tagged = oneService(`${REPOSITORY}:1.0.0`);
    assert.deepEqual(reds(judged(tagged, { before: tagged })), ["images-by-digest"]);
  });

  it("nothing is wrong: only images named by tag are, and they stop nothing", () => {
    assert.deepEqual(reds(judged(LANE)), BEFORE);
  });

  it("each question but the probe has a cause in this table", () => {
    const tried = new Set([...CAUSES.map(({ red }) => red), "images-by-digest"]);
    assert.deepEqual(
      QUESTIONS.map(({ id }) => id).filter((id) => !tried.has(id)),
      ["probe"],
    );
  });
});

function oneService(image: string): Fleet {
  return payCluster().service("checkout", { desired: 4 }).breaker(true).image(image).build();
}
