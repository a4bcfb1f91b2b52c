// The policy pack as Pulumi loads it. Constructing it starts its server and prints the port, so nothing may import this file
// and nothing may print before.

import { PolicyPack } from "@pulumi/policy";
import { hearConfiguration } from "./adapt/heard-configuration";
import { hearMoment } from "./adapt/heard-moment";
import { policiesOf } from "./adapt/policies-of";
import { PACK_NAME, REGISTRY } from "./registry";

const moment = hearMoment(process.env);
const surroundings = {
  today: () => new Date().toISOString().slice(0, 10),
  // The aws provider's own order, when its configuration names no Region.
  ambientRegion: process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION,
  get moment() {
    return moment();
  },
  configuredNames: hearConfiguration(),
};

new PolicyPack(PACK_NAME, { policies: policiesOf(REGISTRY, surroundings), enforcementLevel: "mandatory" });
