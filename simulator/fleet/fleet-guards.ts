// What a fleet must be to be possible: each guard names the wrong value and the next step.

import type { ServiceDraft, VcpuDraft } from "./drafts";
import { FleetProblem } from "./fleet-problem";

/** The quota of tasks a service (Service Quotas, L-92E49DE3; reported). */
const TASKS_PER_SERVICE_MAX = 5_000;

export function guardName(kind: string, name: string): void {
  if (/^[A-Za-z0-9_-]{1,255}$/.test(name)) return;
  throw new FleetProblem(`"${name}" is no name for a ${kind}`, "use 1 to 255 letters, digits, hyphens and underscores");
}

export function guardNew(kind: string, name: string, taken: boolean): void {
  guardName(kind, name);
  if (taken) throw new FleetProblem(`there is a ${kind} "${name}" already`, "give this one another name");
}

export function guardCount(what: string, count: number): void {
  if (Number.isInteger(count) && count >= 0 && count <= TASKS_PER_SERVICE_MAX) return;
  throw new FleetProblem(`${what} is ${count}`, `give a whole number from 0 to ${TASKS_PER_SERVICE_MAX}`);
}

export function guardLane(account: string, region: string, at: string): void {
  if (!/^[0-9]{12}$/.test(account)) throw new FleetProblem(`account "${account}" is wrong`, "give 12 digits");
  if (!/^[a-z]{2}(-[a-z]+)+-[0-9]$/.test(region)) {
    throw new FleetProblem(`Region "${region}" is wrong`, "give one like eu-west-1");
  }
  if (!Number.isFinite(Date.parse(at))) throw new FleetProblem(`instant "${at}" is wrong`, "give ISO 8601 in UTC");
}

/** The ranges are inferred from what DeploymentConfiguration says of the percents (ECS API reference); AWS gives no bounds in words. */
export function guardPercents(minimum: number, maximum: number): void {
  const whole = Number.isInteger(minimum) && Number.isInteger(maximum);
  if (whole && minimum >= 0 && minimum <= 100 && maximum >= 100 && maximum <= 200) return;
  throw new FleetProblem(
    `percents(${minimum}, ${maximum}) would be refused`,
    "give a minimum from 0 to 100 and a maximum from 100 to 200, both whole",
  );
}

export function guardVcpu(told: VcpuDraft): void {
  for (const [name, vcpu] of Object.entries(told)) {
    if (typeof vcpu === "number" && Number.isFinite(vcpu) && vcpu >= 0) continue;
    throw new FleetProblem(`vcpu(): ${name} is ${String(vcpu)}`, "give vCPU, 0 or more");
  }
}

export function guardScaling(minCapacity: number, maxCapacity: number): void {
  guardCount("minimum capacity of autoscaling", minCapacity);
  guardCount("maximum capacity of autoscaling", maxCapacity);
  if (minCapacity > maxCapacity) {
    throw new FleetProblem(`scaling(${minCapacity}, ${maxCapacity}) is upside down`, "give the smaller one first");
  }
}

/** What only the whole service shows: modifiers may come in any order. */
export function guardService(service: ServiceDraft): void {
  const place = `service "${service.cluster}/${service.name}"`;
  const isEc2 = service.launch.kind === "launchType" && service.launch.launchType === "EC2";
  if (isEc2 && service.platformVersion !== "LATEST") {
    throw new FleetProblem(`${place} is pinned to ${service.platformVersion} on EC2`, "leave out pinned() or ec2()");
  }
  if (isEc2 && service.keyed) {
    throw new FleetProblem(`${place} is keyed on EC2`, "leave out keyed() or ec2(): only Fargate tasks carry the key");
  }
  if (service.windows && !["LATEST", "1.0.0"].includes(service.platformVersion)) {
    throw new FleetProblem(`${place} is Windows, pinned to ${service.platformVersion}`, "pin Windows to 1.0.0 only");
  }
  if (service.inFlight && (service.controller !== "ECS" || service.desired === 0)) {
    throw new FleetProblem(
      `${place} cannot be in flight`,
      "inFlight() needs the ECS controller and a desired count above 0",
    );
  }
}
