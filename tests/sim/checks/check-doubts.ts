// A redeployment without a good answer is sent a second time only after looking: two looks, at least 15 s apart, that both showed
// nothing new by both reads; or a look that showed what had come of it.
// Told from the calls alone: what was asked, what AWS answered, and when.

import type { Life } from "../stage/live";
import type { WitnessedCall } from "../stage/witnessed-simulation";
import { didNothing, isAbout, isLostOnUs, isReceived, toldOf, updatesIn } from "./witnessed-sendings";

const LOOKS_APART_MS = 15_000;

export function blindRepeats(life: Life): readonly string[] {
  return life.plan.services.flatMap(({ arn, name }) => {
    const sent = updatesIn(life).filter((call) => isAbout(call, arn) && !didNothing(call));
    return sent.slice(1).flatMap((again, index) => {
      const first = sent[index];
      if (first === undefined || isAnswered(life, first) || wasLookedFor(life, { arn, name, first, again })) return [];
      return [`UpdateService again, and nobody had seen what came of the one before: ${toldOf(again)}`];
    });
  });
}

function isAnswered(life: Life, call: WitnessedCall): boolean {
  return isReceived(call) && !isLostOnUs(life, call);
}

interface Repeat {
  readonly arn: string;
  readonly name: string;
  readonly first: WitnessedCall;
  readonly again: WitnessedCall;
}

function wasLookedFor(life: Life, { arn, name, first, again }: Repeat): boolean {
  const { calls } = life;
  const reads = readsOf(calls, { arn, name }).filter(isReceived);
  const before = reads.filter((call) => calls.indexOf(call) < calls.indexOf(first));
  const between = reads.filter(
    (call) => calls.indexOf(call) > calls.indexOf(first) && calls.indexOf(call) < calls.indexOf(again),
  );
  const known = new Set(before.flatMap((call) => idsIn(call, arn)));
  const isNews = (call: WitnessedCall) => idsIn(call, arn).some((id) => !known.has(id));
  if (between.some((call) => call.operation !== LISTING && isNews(call))) return true;
  if (before.some(({ operation }) => operation === LISTING) && between.some(isNews)) return true;
  const looks = wholeLooks(between);
  return looks.some((one) => looks.some((other) => other - one >= LOOKS_APART_MS));
}

const LISTING = "ListServiceDeployments";

function readsOf(calls: readonly WitnessedCall[], { arn, name }: { arn: string; name: string }) {
  return calls.filter(({ operation, input }) => {
    if (operation === "DescribeServices") return (input.services as string[]).includes(arn);
    return operation === LISTING && (input.service === name || input.service === arn);
  });
}

/** Ids of the deployments, or ARNs of the service deployments, that a reply shows of the service. */
function idsIn({ operation, output }: WitnessedCall, arn: string): readonly string[] {
  if (operation === LISTING)
    return ((output?.serviceDeployments ?? []) as { serviceDeploymentArn: string }[]).map(
      ({ serviceDeploymentArn }) => serviceDeploymentArn,
    );
  const services = (output?.services ?? []) as { serviceArn: string; deployments?: { id: string }[] }[];
  return services.find(({ serviceArn }) => serviceArn === arn)?.deployments?.map(({ id }) => id) ?? [];
}

/** When each look began that asked by both reads: services first, then their deployments. */
function wholeLooks(reads: readonly WitnessedCall[]): readonly number[] {
  let described: number | null = null;
  return reads.flatMap(({ operation, atMs }) => {
    if (operation === LISTING) return described === null ? [] : [described];
    described = atMs;
    return [];
  });
}
