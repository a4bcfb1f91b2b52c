import assert from "node:assert/strict";
import { type RiskQuestion, riskOf } from "../../../migrate/core/plan/risk";
import { type Changes, contextOf, payCluster } from "../fleets/service-case";

const BUILT = payCluster().service("api", { desired: 2 }).breaker(true).build();

function question(changes: Changes = {}, more: Partial<RiskQuestion> = {}): RiskQuestion {
  return {
    ...contextOf(BUILT, changes),
    serviceClass: "redeploy",
    taskDefinition: null,
    allowed: [],
    unseen: [],
    ...more,
  };
}

describe("riskOf", () => {
  it("finds nothing in a service with two tasks, all kept up, and a breaker that rolls back", () => {
    assert.deepEqual(riskOf(question()), { score: 0, level: "low", sentences: [], findings: [] });
  });

  const cases: readonly [string, RiskQuestion, RegExp][] = [
    [
      "a breaker that does not roll back",
      question({ service: { circuitBreaker: { enable: true, rollback: false } } }),
      /neither circuit breaker nor alarms/,
    ],
    ["a minimum below 100", question({ service: { minimumHealthyPercent: 50 } }), /lets it go down to 1 of 2 tasks/],
    ["a single task", question({ service: { desiredCount: 1 } }), /^a single task$/],
    ["an ill task", question({ firstTask: { healthStatus: "UNHEALTHY" } }), /^1 of 2 tasks report UNHEALTHY now$/],
    ["many tasks", question({ service: { desiredCount: 20 } }), /^20 tasks depend on it/],
    [
      "an image by tag",
      question({}, { taskDefinition: contextOf(BUILT).taskDefinition }),
      /pay-api:1\.0\.0 is named by tag/,
    ],
    [
      "a new platform version",
      question({ service: { platformVersion: "1.3.0" } }, { serviceClass: "redeploy-platform-version" }),
      /^leaves platform version 1\.3\.0/,
    ],
  ];
  for (const [title, asked, sentence] of cases) {
    it(`names ${title}, and scores it`, () => {
      const risk = riskOf(asked);
      assert.equal(risk.sentences.length, 1);
      assert.match(risk.sentences[0] ?? "", sentence);
      assert.ok(risk.score > 0);
    });
  }

  it("takes alarms that roll back for a way back", () => {
    const alarms = { enable: true, rollback: true, names: ["5xx"] };
    const circuitBreaker = { enable: false, rollback: false };
    assert.equal(riskOf(question({ service: { alarms, circuitBreaker } })).score, 0);
  });

  it("is high for anything that an operator had to allow", () => {
    const risk = riskOf(question({}, { allowed: ["rolls-with-downtime allowed (Sunday): …"] }));
    assert.deepEqual([risk.level, risk.sentences], ["high", ["rolls-with-downtime allowed (Sunday): …"]]);
  });
});
