// The policy pack as Pulumi loads it. Constructing it starts its server and prints the port, so nothing may import this file
// and nothing may print before.

import { PolicyPack } from "@pulumi/policy";
import { hearConfiguration } from "./adapt/heard-configuration";
import { policiesOf } from "./adapt/policies-of";
import { PACK_NAME, REGISTRY } from "./registry";
import type { Moment } from "./rules/rule";

/** Pulumi tells a pack whether it only previews; `pulumi policy analyze` tells it nothing. */
const MOMENTS: Readonly<Record<string, Moment>> = { true: "preview", false: "update" };

const surroundings = {
  today: () => new Date().toISOString().slice(0, 10),
  // The aws provider's own order, when its configuration names no Region.
  ambientRegion: process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION,
  moment: MOMENTS[process.env.PULUMI_DRY_RUN ?? process.env.PULUMI_NODEJS_DRY_RUN ?? ""] ?? "state",
  configuredNames: hearConfiguration(),
};

new PolicyPack(PACK_NAME, { policies: policiesOf(REGISTRY, surroundings), enforcementLevel: "mandatory" });
