// What a run asks again right before it redeploys a service, and what the answer was at the scan.
// Invariant: one condition for each way in which machine/interpret-admission turns a service away or lets it wait, and for each
// thing that machine/next-commands waits for.

import type { ServiceRecord } from "../../../../domain/fleet";
import { LIMITS } from "../../limits";
import type { Plan, PlannedService } from "../../model/plan";
import type { AdmissionCondition } from "./explanation";

const ASIDE = "set aside, with what moved";
const WAIT_MINUTES = LIMITS.inFlightWaitMaxMs / 60_000;
const WAITS = `looked at again every minute, set aside after ${WAIT_MINUTES} min`;

export function admissionConditions(
  planned: PlannedService,
  service: ServiceRecord,
  plan: Plan,
): readonly AdmissionCondition[] {
  const { inFlightMax, failuresMax } = plan.options;
  return [
    condition(`wave ${planned.wave} is open`, gateNow(planned, plan), "it waits"),
    condition(
      "there is room in flight",
      `${inFlightMax} at once, ${failuresMax} failures borne`,
      "it waits; more failures than that halt the run",
    ),
    ...(planned.mutexes ?? []).map(({ tag, value }) =>
      condition(`no other service with ${tag}=${value} is on its way`, "none, before the run", "it waits"),
    ),
    condition("it exists and is not being deleted", service.status, ASIDE),
    condition("its cluster has the planned key", planned.targetKeyArn, ASIDE),
    condition("no deployment of it is under way", "none", WAITS),
    condition(
      "class unchanged",
      planned.classification.class,
      "set aside, with what moved; proved at once if it is current",
    ),
    ...fingerprintParts(service).map(([name, now]) => condition(`${name} unchanged`, now, ASIDE)),
  ];
}

function condition(what: string, now: string, otherwise: string): AdmissionCondition {
  return { condition: what, now, otherwise };
}

function gateNow({ wave }: PlannedService, { waves }: Plan): string {
  const before = waves.find(({ number }) => number === wave - 1);
  return before === undefined ? "opens at once" : `after wave ${before.number}, ${before.name}`;
}

/** What plan/fingerprint hashes, in words. */
function fingerprintParts(service: ServiceRecord): readonly (readonly [name: string, now: string])[] {
  const providers = service.capacityProviderStrategy.map(
    ({ capacityProvider, base, weight }) => `${capacityProvider} base ${base} weight ${weight}`,
  );
  const launch = [...(service.launchType === null ? [] : [service.launchType]), ...providers.toSorted()];
  return [
    ["task definition", service.taskDefinitionArn ?? "none"],
    ["percents", `minimum ${service.minimumHealthyPercent}, maximum ${service.maximumPercent}`],
    ["network", [...service.subnets.toSorted(), ...service.targetGroupArns.toSorted()].join(", ") || "none said"],
    ["deployment controller", `${service.controller}, ${service.strategy}, ${service.schedulingStrategy}`],
    ["launch type", launch.join(", ") || "the cluster's default"],
    ["platform version", service.platformVersion ?? "not set"],
  ];
}
