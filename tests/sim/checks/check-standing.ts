// Nothing is sent while a person or the run itself has stopped it, nor to a cluster whose key is held to be in trouble.
// About what was decided, which stands in the journal; that trouble is noticed at all is another check's.

import type { RunRequestWord } from "../../../migrate/core/model/journal-event";
import type { Life } from "../stage/live";
import { toldOf, updatesIn } from "./witnessed-sendings";

const STANDING: readonly RunRequestWord[] = ["pause", "abort", "abort-and-roll-back"];

export function sentWhileStopped(life: Life): readonly string[] {
  return updatesIn(life).flatMap((call) => {
    let standing = new Set<string>();
    for (const { event } of life.lines.slice(0, call.afterLine)) {
      if (event.kind === "halted" || event.kind === "paused") standing.add(event.kind);
      if (event.kind === "run-resumed") standing = new Set([...standing].filter((one) => !/^pause/.test(one)));
      if (event.kind === "control" && STANDING.includes(event.request)) standing.add(event.request);
      if (event.kind === "control" && event.request === "resume") standing = new Set();
    }
    return standing.size > 0 ? [`UpdateService while ${[...standing]} stood: ${toldOf(call)}`] : [];
  });
}

export function sentToHeldClusters(life: Life): readonly string[] {
  const targets = life.plan.targets.map(({ clusterArn }) => clusterArn);
  return updatesIn(life).flatMap((call) => {
    const cluster = life.plan.services.find(({ arn }) => arn === call.input.service)?.clusterArn ?? "";
    const held = new Set<string>();
    for (const { event } of life.lines.slice(0, call.afterLine)) {
      if (event.kind === "held") for (const arn of event.clusters) held.add(arn);
      if (event.kind === "released") for (const arn of event.clusters) held.delete(arn);
      // A person releases what only start failures showed; what looking found stays held, and is said to be again.
      if (event.kind === "control" && event.request === "resume") for (const arn of targets) held.delete(arn);
    }
    return held.has(cluster) ? [`UpdateService on a cluster that is held: ${toldOf(call)}`] : [];
  });
}
