import assert from "node:assert/strict";
import type { RunState, ServicePhase } from "../../../migrate/core/machine/run-state";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import {
  adopted,
  arnOf,
  at,
  begun,
  failed,
  foundNothing,
  intended,
  planOf,
  progressed,
  RESUMED,
  runOf,
  setAside,
  settled,
  stateAfter,
  swept,
  type Timed,
  unanswered,
  verified,
} from "./run-fixture";

const plan = planOf([["a", "b"]]);

/** What happened to service `a`, one event a second, and the phase that it is in then. */
const LIVES: readonly (readonly [title: string, events: readonly JournalEvent[], phase: ServicePhase])[] = [
  ["nothing yet", [], "queued"],
  ["an intent alone is a doubt: the process may have died in the call", [intended("a")], "indoubt"],
  ["AWS named our deployment", [intended("a"), begun("a")], "deploying"],
  ["no answer came", [intended("a"), unanswered("a", "in-doubt")], "indoubt"],
  ["the call was not sent", [intended("a"), unanswered("a", "not-sent")], "queued"],
  ["AWS refused", [intended("a"), unanswered("a", "refused")], "set-aside"],
  ["a deployment was found after a doubt", [intended("a"), adopted("a")], "deploying"],
  ["one look found nothing", [intended("a"), foundNothing("a")], "indoubt"],
  ["its deployment ended well", [intended("a"), begun("a"), settled("a")], "settling"],
  ["it was proved", [intended("a"), begun("a"), settled("a"), verified("a")], "verified"],
  ["it was proved while overdue", [intended("a"), begun("a"), overdue("a"), verified("a")], "verified"],
  ["overdue stays so when its deployment ends", [intended("a"), begun("a"), overdue("a"), settled("a")], "overdue"],
  ["somebody deployed over it", [intended("a"), begun("a"), superseded("a")], "superseded"],
  [
    "a second answer comes for a service on its way",
    [intended("a"), begun("a"), unanswered("a", "not-sent")],
    "deploying",
  ],
  ["an empty look comes for a service on its way", [intended("a"), begun("a"), foundNothing("a")], "deploying"],
  ["what is decided is left by nothing", [verified("a"), failed("a"), setAside("a"), intended("a")], "verified"],
];

function overdue(name: string): JournalEvent {
  return { kind: "overdue", service: arnOf(name), afterMs: 1 };
}

function superseded(name: string): JournalEvent {
  return { kind: "superseded", service: arnOf(name), byDeploymentId: "ecs-svc/theirs" };
}

const CONTROLS: readonly (readonly [title: string, events: readonly JournalEvent[], status: RunState["status"]])[] = [
  ["a run that began", [], "running"],
  ["paused by an operator", [control("pause")], "paused"],
  ["paused and resumed", [control("pause"), control("resume")], "running"],
  ["paused by expired credentials and taken up again", [paused(), RESUMED], "running"],
  ["halted", [halted()], "halted"],
  ["halted and taken up by a new process: only an operator's resume lifts a halt", [halted(), RESUMED], "halted"],
  ["halted, then interrupted, then taken up again", [halted(), paused(), RESUMED], "halted"],
  ["halted and resumed", [halted(), control("resume")], "running"],
  ["aborted", [control("abort")], "aborting"],
  ["aborted: a halt does not undo it", [control("abort"), halted()], "aborting"],
  ["aborted, then interrupted, then taken up again", [control("abort"), paused(), RESUMED], "aborting"],
  [
    "aborted: neither a pause nor a resume undoes it",
    [control("abort"), control("pause"), control("resume")],
    "aborting",
  ],
  ["finished: nothing follows", [finished(), control("resume"), halted(), paused(), RESUMED], "finished"],
];

function control(request: "pause" | "resume" | "abort"): JournalEvent {
  return { kind: "control", request };
}

function paused(): JournalEvent {
  return { kind: "paused", reason: "interrupted", next: "fargate-cmk run plan.json" };
}

function halted(): JournalEvent {
  return { kind: "halted", reason: "3 services failed" };
}

function finished(): JournalEvent {
  return { kind: "finished", outcome: "proved" };
}

function everySecond(events: readonly JournalEvent[]): readonly Timed[] {
  return events.map((event, index) => [index + 1, event]);
}

describe("applyEvent", () => {
  for (const [title, events, phase] of LIVES)
    it(`${title} → ${phase}`, () => {
      const state = stateAfter(plan, everySecond(events));
      assert.equal(runOf(state, "a").phase, phase);
      assert.equal(runOf(state, "b").phase, "queued");
    });

  for (const [title, events, status] of CONTROLS)
    it(`${title} → ${status}`, () => {
      assert.equal(stateAfter(plan, everySecond(events)).status, status);
    });

  describe("ends a doubt", () => {
    const looks: readonly (readonly [seconds: readonly number[], phase: ServicePhase])[] = [
      [[10], "indoubt"],
      [[10, 15], "indoubt"],
      [[10, 24.999], "indoubt"],
      [[10, 25], "queued"],
      [[10, 15, 20], "indoubt"],
      [[10, 15, 25], "queued"],
      [[10, 600], "queued"],
    ];
    for (const [seconds, phase] of looks)
      it(`with empty looks at second ${seconds.join(", ")} → ${phase}`, () => {
        const events = seconds.map((second) => [second, foundNothing("a")] as const);
        assert.equal(runOf(stateAfter(plan, [[1, intended("a")], ...events]), "a").phase, phase);
      });

    it("anew for every attempt: the looks of the one before do not count", () => {
      const first: readonly Timed[] = [
        [1, intended("a")],
        [10, foundNothing("a")],
        [25, foundNothing("a")],
      ];
      const second: readonly Timed[] = [
        [30, intended("a", 2)],
        [45, foundNothing("a")],
      ];
      const run = runOf(stateAfter(plan, [...first, ...second]), "a");
      assert.deepEqual([run.phase, run.attempts, run.emptyLooksAtMs], ["indoubt", 2, [at(45)]]);
    });
  });

  it("calls a deployment ours only with AWS's reply that names it", () => {
    const owners = [[begun("a")], [adopted("a")]].map(
      (answer) => runOf(stateAfter(plan, everySecond([intended("a"), ...answer])), "a").ownership,
    );
    assert.deepEqual(owners, ["ours", "adopted"]);
  });

  it("keeps the service deployment of the reply, and takes it from a look when the reply left it blank", () => {
    const blank = { kind: "started", deploymentId: "ecs-svc/new-a", serviceDeploymentArn: null } as const;
    const answer: JournalEvent = { kind: "redeploy-answered", service: arnOf("a"), answer: blank };
    const looked = progressed("a", { serviceDeploymentArn: "sd/seen" });
    const fromReply = stateAfter(plan, everySecond([intended("a"), begun("a"), looked]));
    const fromLook = stateAfter(plan, everySecond([intended("a"), answer, looked]));
    assert.equal(runOf(fromReply, "a").serviceDeploymentArn, "sd/new-a");
    assert.equal(runOf(fromLook, "a").serviceDeploymentArn, "sd/seen");
  });

  it("forgives failures only to who resumes a halted run: a pause does not reset the budget", () => {
    const afterPause = stateAfter(plan, everySecond([failed("a"), control("pause"), control("resume")]));
    const afterHalt = stateAfter(plan, everySecond([failed("a"), halted(), control("resume")]));
    assert.deepEqual([...afterPause.forgiven], []);
    assert.deepEqual([...afterHalt.forgiven], [arnOf("a")]);
  });

  it("forgets an old sweep when the run goes on", () => {
    const sweep = swept([]);
    assert.notEqual(stateAfter(plan, everySecond([halted(), sweep])).swept, null);
    for (const goingOn of [RESUMED, control("resume")])
      assert.equal(stateAfter(plan, everySecond([halted(), sweep, goingOn])).swept, null);
  });

  it("passes over lines for a service that the plan does not have", () => {
    const before = stateAfter(plan, []);
    assert.deepEqual(stateAfter(plan, everySecond([intended("stranger"), begun("stranger")])), before);
  });
});
