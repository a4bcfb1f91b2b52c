// The world faults that need something of a fleet to fall on (an alarm, a hook, a secret, a subnet), each for a service or an
// account that has it.
// Invariant: `untilMs` counts from the strike.

import type { Fleet, ServiceRecord } from "../../../domain/fleet";
import type { WorldFault } from "../../../simulator/world/world-fault";

export interface RareFaultOptions {
  readonly forMs: number;
}

/** Those that fall on one service; only the kinds for which it has what they need. */
export function rareServiceFaults(
  fleet: Fleet,
  service: ServiceRecord,
  { forMs }: RareFaultOptions,
): readonly WorldFault[] {
  const cluster = fleet.clusters.find(({ arn }) => arn === service.clusterArn)?.name ?? "";
  const place = { cluster, service: service.name };
  return [
    { kind: "task-protected", ...place, minutes: Math.max(1, Math.round(forMs / 60_000)) },
    { kind: "hook-fails", ...place },
    ...service.alarms.names.map((alarm) => ({ kind: "alarm-fires", alarm, untilMs: forMs }) as const),
    ...startFaults(fleet, service, forMs),
  ];
}

function startFaults(fleet: Fleet, service: ServiceRecord, forMs: number): readonly WorldFault[] {
  const known = fleet.taskDefinitions.flatMap((fact) => (fact.kind === "known" ? [fact.value] : []));
  const definition = known.find(({ arn }) => arn === service.taskDefinitionArn);
  if (definition === undefined) return [];
  const taskDefinition = definition.arn;
  return [
    { kind: "image-missing", taskDefinition, untilMs: forMs },
    { kind: "task-definition-inactive", taskDefinition },
    ...definition.containers.flatMap(({ image, logGroup, secretArns }): readonly WorldFault[] => [
      { kind: "image-moved", image },
      ...(logGroup === null ? [] : [{ kind: "log-group-deleted", logGroup } as const]),
      ...secretArns.flatMap(secretFaults),
    ]),
  ];
}

function secretFaults(reference: string): readonly WorldFault[] {
  const parameter = /:ssm:.*:parameter\/(.+)$/.exec(reference)?.[1];
  if (parameter !== undefined) return [{ kind: "parameter-deleted", parameter }];
  return reference.includes(":secretsmanager:")
    ? [
        { kind: "secret-deleted", secret: reference },
        { kind: "secret-scheduled-for-deletion", secret: reference },
      ]
    : [{ kind: "parameter-deleted", parameter: reference }];
}

/** Those that leave less room for all, for a while. */
export function roomFaults({ subnets }: Fleet, { forMs }: RareFaultOptions): readonly (readonly WorldFault[])[] {
  const capacity = "onDemand";
  const [subnet] = subnets;
  return [
    [{ kind: "capacity-short", refusals: 20, untilMs: forMs }],
    ...(subnet === undefined ? [] : [[{ kind: "subnet-full", subnet: subnet.id, untilMs: forMs } as const]]),
    [{ kind: "neighbour-takes-vcpu", capacity, vcpu: ALL_VCPU, untilMs: forMs }],
    [
      { kind: "vcpu-quota", capacity, vcpu: 0 },
      { kind: "vcpu-quota", capacity, vcpu: ALL_VCPU },
    ],
  ];
}

/** More than the quota of any fleet here. */
const ALL_VCPU = 4_000;
