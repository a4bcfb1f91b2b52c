// What aws:ecs/taskSet:TaskSet takes.

import { boolean, type InputSchema, number, object, REGION, set, string, TAGS } from "../../input-schema";
import { LAUNCH_TYPES, networkInput, registriesInput, strategyInput } from "./service-parts";

const REPLACES = { replaces: true } as const;

export const taskSetInputs: InputSchema = {
  capacityProviderStrategies: { type: strategyInput, ...REPLACES },
  cluster: { type: string(), required: true, ...REPLACES },
  externalId: { type: string(), computed: true, ...REPLACES },
  forceDelete: { type: boolean() },
  launchType: { type: string(...LAUNCH_TYPES), computed: true, ...REPLACES },
  loadBalancers: {
    type: set(
      object({
        containerName: { type: string(), required: true },
        containerPort: { type: number(0, 65_536) },
        loadBalancerName: { type: string() },
        targetGroupArn: { type: string() },
      }),
    ),
    ...REPLACES,
  },
  networkConfiguration: { type: networkInput, ...REPLACES },
  platformVersion: { type: string(), computed: true, ...REPLACES },
  region: REGION,
  scale: {
    type: object({
      unit: { type: string("PERCENT"), standard: "PERCENT" },
      value: { type: number(0, 100) },
    }),
    computed: true,
  },
  service: { type: string(), required: true, ...REPLACES },
  serviceRegistries: { type: registriesInput, ...REPLACES },
  tags: TAGS,
  taskDefinition: { type: string(), required: true, ...REPLACES },
  waitUntilStable: { type: boolean(), standard: false },
  waitUntilStableTimeout: { type: string(), standard: "10m" },
};
