// What aws:ecs/service:Service takes.

import {
  any,
  boolean,
  type InputSchema,
  list,
  map,
  number,
  object,
  REGION,
  set,
  string,
  TAGS,
} from "../../input-schema";
import { LAUNCH_TYPES, networkInput, registriesInput, strategyInput } from "./service-parts";

const REPLACES = { replaces: true } as const;

export const serviceInputs: InputSchema = {
  alarms: {
    type: object({
      alarmNames: { type: set(string()), required: true },
      enable: { type: boolean(), required: true },
      rollback: { type: boolean(), required: true },
    }),
    computed: true,
  },
  availabilityZoneRebalancing: { type: string("ENABLED", "DISABLED"), computed: true },
  capacityProviderStrategies: { type: strategyInput },
  cluster: { type: string(), computed: true, ...REPLACES },
  deploymentCircuitBreaker: {
    type: object({ enable: { type: boolean(), required: true }, rollback: { type: boolean(), required: true } }),
    computed: true,
  },
  deploymentConfiguration: {
    type: object({
      bakeTimeInMinutes: { type: string(), computed: true },
      canaryConfiguration: { type: any() },
      lifecycleHooks: { type: any() },
      linearConfiguration: { type: any() },
      strategy: { type: string("ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"), computed: true },
    }),
    computed: true,
  },
  deploymentController: {
    type: object({ type: { type: string("ECS", "CODE_DEPLOY", "EXTERNAL"), standard: "ECS", ...REPLACES } }),
    computed: true,
  },
  deploymentMaximumPercent: { type: number(), standard: 200 },
  deploymentMinimumHealthyPercent: { type: number(), standard: 100 },
  desiredCount: { type: number() },
  enableEcsManagedTags: { type: boolean(), standard: false },
  enableExecuteCommand: { type: boolean(), standard: false },
  forceDelete: { type: boolean() },
  forceNewDeployment: { type: boolean() },
  healthCheckGracePeriodSeconds: { type: number(0, 2_147_483_647) },
  iamRole: { type: string(), computed: true, ...REPLACES },
  launchType: { type: string(...LAUNCH_TYPES), computed: true, ...REPLACES },
  loadBalancers: {
    type: set(
      object({
        advancedConfiguration: { type: any() },
        containerName: { type: string(), required: true },
        containerPort: { type: number(0, 65_536), required: true },
        elbName: { type: string() },
        targetGroupArn: { type: string() },
      }),
    ),
  },
  name: { type: string(), required: true, autoname: { prefix: "" }, ...REPLACES },
  networkConfiguration: { type: networkInput },
  orderedPlacementStrategies: {
    type: list(
      object({ field: { type: string() }, type: { type: string("random", "spread", "binpack"), required: true } }),
    ),
  },
  placementConstraints: {
    type: set(
      object({
        expression: { type: string() },
        type: { type: string("distinctInstance", "memberOf"), required: true },
      }),
    ),
  },
  platformVersion: { type: string(), computed: true },
  propagateTags: { type: string("SERVICE", "TASK_DEFINITION", "NONE"), absentMeans: "NONE" },
  region: REGION,
  schedulingStrategy: { type: string("REPLICA", "DAEMON"), standard: "REPLICA", ...REPLACES },
  serviceConnectConfiguration: { type: any() },
  serviceRegistries: { type: registriesInput },
  sigintRollback: { type: boolean() },
  tags: TAGS,
  taskDefinition: { type: string() },
  triggers: { type: map(string()), computed: true },
  volumeConfiguration: { type: any() },
  vpcLatticeConfigurations: { type: any() },
  waitForSteadyState: { type: boolean(), standard: false },
};
