// Which service of a fleet a person means by a name, cluster/service or ARN.
// Invariant: of several that it could be none is taken; all are named.

import { lastPart } from "../../domain/arn";
import type { Fleet, ServiceRecord } from "../../domain/fleet";
import { nearNames } from "../drive/near-names";
import { FargateCmkError } from "../errors";

/** @throws FargateCmkError `no-such-service`, `ambiguous-service` */
export function findService({ fleet, reference, file }: ServiceQuestion): ServiceRecord {
  const named = fleet.services.map((service) => ({ service, full: fullName(fleet, service) }));
  const found = named.filter(({ service, full }) => [service.arn, full, service.name].includes(reference));
  const exact = found.filter(({ service, full }) => service.arn === reference || full === reference);
  const meant = exact.length > 0 ? exact : found;
  const [first] = meant;
  if (first === undefined) throw noSuchService(reference, named, { fleet, file });
  if (meant.length === 1) return first.service;
  throw new FargateCmkError("ambiguous-service", {
    message: `${reference} could be ${meant.length} services of ${file}`,
    remedy: `give one of ${shown(meant.map(({ full }) => full).toSorted())}`,
  });
}

export interface ServiceQuestion {
  readonly fleet: Fleet;
  readonly reference: string;
  /** The fleet file, as it was named. */
  readonly file: string;
}

function fullName({ clusters }: Fleet, { clusterArn, name }: ServiceRecord): string {
  return `${clusters.find(({ arn }) => arn === clusterArn)?.name ?? lastPart(clusterArn)}/${name}`;
}

interface Named {
  readonly service: ServiceRecord;
  readonly full: string;
}

function noSuchService(
  reference: string,
  named: readonly Named[],
  { fleet, file }: Omit<ServiceQuestion, "reference">,
): FargateCmkError {
  const isTask = fleet.tasks.some(({ arn, group }) => arn === reference || group === `family:${lastPart(reference)}`);
  const wanted = reference.startsWith("arn:") ? reference.slice(reference.lastIndexOf(":service/") + 9) : reference;
  const near = wanted.includes("/")
    ? nearNames(
        wanted,
        named.map(({ full }) => full),
      )
    : nearNames(wanted, [...new Set(named.map(({ service }) => service.name))]).flatMap((name) =>
        named.filter(({ service }) => service.name === name).map(({ full }) => full),
      );
  const meant =
    near.length > 0 ? `did you mean ${shown(near, " or ")}?` : `fargate-cmk plan ${file} --format md names all`;
  return new FargateCmkError("no-such-service", {
    message: `${file} has no service ${reference}${isTask ? ", only a task of no service" : ""}`,
    remedy: isTask ? `who launched it launches it again: fargate-cmk plan ${file} tells how` : meant,
  });
}

const SHOWN_MAX = 10;

function shown(names: readonly string[], separator = ", "): string {
  const more = names.length - SHOWN_MAX;
  return `${names.slice(0, SHOWN_MAX).join(separator)}${more > 0 ? ` and ${more} more` : ""}`;
}
