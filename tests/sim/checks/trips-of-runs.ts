// What trips the checks of a run as a whole, its proofs and its keys: one fact changed, and what is then wrong.

import assert from "node:assert/strict";
import { withCalls, withDeployment, withEvents, withoutCalls, withTasks } from "./doctored";
import { brokenKey, calm, MINUTE, ours, pausedOnce } from "./lives-to-doctor";
import type { Trip } from "./trip";
import { updatesIn } from "./witnessed-sendings";

export const TRIPS_OF_RUNS: readonly Trip[] = [
  {
    id: "buckets-kept",
    when: "half of a bucket's burst and one more come at once",
    life: calm,
    doctor: (life) => {
      const look = life.calls.find(({ operation, atMs }) => operation === "DescribeClusters" && atMs > life.beganMs);
      assert.ok(look !== undefined);
      return { ...life, calls: [...Array.from({ length: 26 }, () => look), ...life.calls] };
    },
  },
  {
    id: "buckets-kept",
    when: "AWS throttled a call",
    life: calm,
    doctor: (life) => {
      const look = life.calls.findLast(({ operation }) => operation === "DescribeTasks");
      return withCalls(life, (call) => (call === look ? { answer: "ThrottlingException", output: null } : null));
    },
  },
  {
    id: "state-is-fold",
    when: "a process held something else at a turn",
    life: calm,
    doctor: (life) => ({
      ...life,
      processes: life.processes.map((one) => ({
        ...one,
        turns: one.turns.map((turn) => ({ ...turn, state: { ...turn.state, rollsBackAll: true } })),
      })),
    }),
  },
  {
    id: "state-is-fold",
    when: "a process ended with something else",
    life: calm,
    doctor: (life) => ({
      ...life,
      processes: life.processes.map((one) => ({
        ...one,
        state: one.state === null ? null : { ...one.state, startedAtMs: 0 },
      })),
    }),
  },
  {
    id: "report-complete",
    when: "the scan overlooked a service",
    life: calm,
    doctor: ({ fleet, ...life }) => {
      const services = fleet.services.filter(({ name }) => name !== "keyed");
      const tasks = fleet.tasks.filter(({ group }) => group !== "service:keyed");
      return { ...life, fleet: { ...fleet, services, tasks } };
    },
  },
  {
    id: "report-complete",
    when: "the scan told of a service twice",
    life: calm,
    doctor: ({ fleet, ...life }) => {
      const twice = fleet.services.filter(({ name }) => name === "keyed");
      return { ...life, fleet: { ...fleet, services: [...fleet.services, ...twice] } };
    },
  },
  {
    id: "proved-is-true",
    when: "a task of a proved service ran without the key",
    life: calm,
    doctor: (life) => {
      const made = ours(life).at(-1)?.id;
      return withTasks(life, ({ startedBy }) => (startedBy === made ? { kmsKeyArn: null } : null));
    },
  },
  {
    id: "proved-is-true",
    when: "an old task of a proved service was still draining",
    life: calm,
    doctor: (life) => {
      const one = ours(life).at(-1);
      return withTasks(life, ({ serviceArn, bornMs }) =>
        serviceArn === one?.serviceArn && bornMs < one.startedMs ? { stoppedMs: null } : null,
      );
    },
  },
  {
    id: "key-trouble-noticed",
    when: "no look showed the failed task for a minute",
    life: brokenKey,
    doctor: (life) =>
      withCalls(life, ({ operation, atMs }) => (operation === "DescribeTasks" ? { output: null } : { atMs })),
  },
  {
    id: "key-trouble-noticed",
    when: "a service was sent more than a minute after the first failed task, and failed too",
    life: brokenKey,
    doctor: (life) => {
      const [, made, , second] = ours(life);
      const sent = updatesIn(life).find(({ input }) => input.service === second?.serviceArn);
      const atMs = (sent?.atMs ?? 0) - MINUTE - 1;
      return withTasks(life, ({ startedBy, stopCode }) =>
        startedBy === made?.id && stopCode !== null ? { bornMs: atMs - 10_000, drainedMs: atMs } : null,
      );
    },
  },
  {
    id: "run-ends",
    when: "the last process left before the end",
    life: calm,
    doctor: (life) => ({ ...life, processes: life.processes.map((one) => ({ ...one, end: "left" as const })) }),
  },
  {
    id: "run-ends",
    when: "it took hours longer than its story allows",
    life: calm,
    doctor: (life) => ({ ...life, endedMs: life.endedMs + 120 * MINUTE }),
  },
  {
    id: "redeployed-once",
    when: "a service has a second deployment of ours",
    life: calm,
    doctor: (life) => {
      const one = ours(life).at(-1);
      assert.ok(one !== undefined);
      return withDeployment(life, {
        ...one,
        id: "ecs-svc/again",
        startedMs: life.endedMs,
        rolling: [],
        failedInRow: [],
      });
    },
  },
  {
    id: "stopped-run-sends-nothing",
    when: "nobody had told a paused run to go on",
    life: pausedOnce,
    doctor: (life) =>
      withEvents(life, (event) =>
        event.kind === "control" && event.request === "resume" ? { kind: "control", request: "approve" } : event,
      ),
  },
  {
    id: "held-cluster-untouched",
    when: "nothing had released the cluster",
    life: brokenKey,
    doctor: (life) =>
      withEvents(life, (event) =>
        event.kind === "released" ? { ...event, kind: "held", reason: "as before", cause: "looked" } : event,
      ),
  },
  {
    id: "mutex-apart",
    when: "two services that rolled together share a tag",
    life: calm,
    doctor: (life) => ({
      ...life,
      story: { ...life.story, options: { ...life.story.options, mutexTags: ["db"] } },
      fleet: { ...life.fleet, services: life.fleet.services.map((one) => ({ ...one, tags: { db: "a" } })) },
    }),
  },
  {
    id: "bounds-below-measure",
    when: "fewer calls were made than the duties ask for",
    life: calm,
    doctor: (life) => withoutCalls(life, ({ operation }) => operation === "DescribeServiceRevisions"),
  },
];
