// What trips the checks of single redeployments and stops: one fact changed, and what is then wrong.

import { withCalls, withDeployments, withEvents, withTasks } from "./doctored";
import {
  brokenKey,
  calm,
  failing,
  gated,
  inDoubt,
  last,
  MINUTE,
  ours,
  stoppedLater,
  twiceBegun,
} from "./lives-to-doctor";
import type { Trip } from "./trip";
import { updatesIn } from "./witnessed-sendings";

export const TRIPS_OF_SENDINGS: readonly Trip[] = [
  {
    id: "one-open-intent",
    when: "the first deployment of a service still rolls when its second one begins",
    life: brokenKey,
    doctor: (life) => {
      const again = twiceBegun(life);
      return withDeployments(life, (one) =>
        one === again ? { rolling: [{ fromMs: one.startedMs, toMs: null }] } : null,
      );
    },
  },
  {
    id: "one-open-intent",
    when: "a service is intended again after a single look in vain",
    life: inDoubt,
    doctor: (life) => {
      const [first] = life.lines.filter(({ event }) => event.kind === "doubt-looked");
      return withEvents(life, (event) =>
        event === first?.event ? { kind: "gate-looked", wave: 1, firing: [], unseen: null } : event,
      );
    },
  },
  {
    id: "announced-before-effect",
    when: "a redeployment comes a line before its intent",
    life: calm,
    doctor: (life) => withCalls(life, (call) => (call === last(life) ? { afterLine: call.afterLine - 1 } : null)),
  },
  {
    id: "announced-before-effect",
    when: "something is done that the journal has no line for",
    life: calm,
    doctor: (life) => ({ ...life, calls: [...life.calls, { ...last(life), operation: "StopTask" }] }),
  },
  {
    id: "waves-through-gates",
    when: "the deployment of a service ended less than the soak before the next wave's first sending",
    life: calm,
    doctor: (life) => {
      const first = ours(life)[0];
      const toMs = last(life).atMs - MINUTE / 2;
      return withDeployments(life, (one) => (one === first ? { rolling: [{ fromMs: one.startedMs, toMs }] } : null));
    },
  },
  {
    id: "waves-through-gates",
    when: "the person who is asked says yes later than the next wave begins",
    life: gated,
    doctor: (life) => ({ ...life, story: { ...life.story, approvesAfterMs: 20 * MINUTE } }),
  },
  {
    id: "waves-through-gates",
    when: "the last look at the gate's alarms showed one that fires",
    life: gated,
    doctor: (life) =>
      withCalls(life, ({ operation, output }) =>
        operation === "DescribeAlarms" && output !== null
          ? { output: { MetricAlarms: [{ AlarmName: "pay-errors", StateValue: "ALARM" }] } }
          : null,
      ),
  },
  {
    id: "failing-deployment-stopped",
    when: "a deployment of ours that fails is stopped minutes later",
    life: () => failing("exits"),
    doctor: (life) => stoppedLater(life, 5 * MINUTE),
  },
  {
    id: "failing-deployment-stopped",
    when: "the old tasks die while the new ones of ours fail, and nobody stops it",
    life: () => failing("unhealthy", (fleet) => fleet.breaker(true)),
    doctor: (life) => {
      const one = ours(life)[0];
      const failedMs = one?.failedInRow[0]?.fromMs ?? 0;
      const dead = withTasks(life, ({ bornMs }) =>
        bornMs < (one?.startedMs ?? 0) ? { drainedMs: failedMs, stoppedMs: failedMs } : null,
      );
      return stoppedLater(dead, 5 * MINUTE);
    },
  },
  {
    id: "doubt-looked-at-twice",
    when: "the second look of two got no answer",
    life: inDoubt,
    doctor: (life) => {
      const [first, again] = updatesIn(life);
      return withCalls(life, ({ operation, atMs }) =>
        operation === "ListServiceDeployments" && atMs > (first?.atMs ?? 0) + 10_000 && atMs <= (again?.atMs ?? 0)
          ? { answer: "lost", output: null }
          : null,
      );
    },
  },
  {
    id: "fresh-look-before-redeploy",
    when: "the look was six seconds old",
    life: calm,
    doctor: (life) => {
      const sent = last(life);
      return withCalls(life, ({ operation, atMs }) =>
        operation === "DescribeServices" && atMs <= sent.atMs && atMs > sent.atMs - 10_000
          ? { atMs: sent.atMs - 6_000 }
          : null,
      );
    },
  },
  {
    id: "fresh-look-before-redeploy",
    when: "somebody's deployment was rolling for a minute",
    life: calm,
    doctor: (life) => {
      const [first] = ours(life);
      const startedMs = (first?.startedMs ?? 0) - MINUTE;
      return withDeployments(life, ({ by, serviceArn }) =>
        by === "others" && serviceArn === first?.serviceArn
          ? { startedMs, rolling: [{ fromMs: startedMs, toMs: null }] }
          : null,
      );
    },
  },
  {
    id: "only-ours-stopped",
    when: "what was stopped was somebody else's",
    life: () => failing("exits"),
    doctor: (life) => withDeployments(life, ({ by }) => (by === "us" ? { by: "others" } : null)),
  },
  {
    id: "only-ours-stopped",
    when: "no reply had said that it was ours",
    life: () => failing("exits"),
    doctor: (life) => withCalls(life, (call) => (call === last(life) ? { answer: "lost", output: null } : null)),
  },
  {
    id: "fresh-look-at-key",
    when: "the look at its cluster was half a minute old",
    life: calm,
    doctor: (life) => {
      const sent = last(life);
      return withCalls(life, ({ operation, atMs }) =>
        operation === "DescribeClusters" && atMs <= sent.atMs && atMs > sent.atMs - 31_000
          ? { atMs: sent.atMs - 31_000 }
          : null,
      );
    },
  },
];
