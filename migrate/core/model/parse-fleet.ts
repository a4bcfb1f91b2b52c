// A fleet file's text → Fleet, or an error that says where it is wrong.
//
// Invariants of what is returned, beyond its shape
//   every ARN of a cluster, service and task stands once; every service and task lies in a cluster of the fleet

import { FLEET_SCHEMA, FLEET_VERSION, type Fleet } from "../../../domain/fleet";
import { checkDocumentKind, checkShape, type DocumentKind, parseJson, wrongShape } from "./parse-document";

/** `where` names the file in errors. @throws FargateCmkError `not-json`, `wrong-shape`, `foreign-version` */
export function parseFleet(text: string, where: string): Fleet {
  const value = parseJson(text, where);
  checkDocumentKind(value, FLEET_KIND, where);
  const { fleetSchema } = require("./fleet-schema") as typeof import("./fleet-schema");
  const fleet = checkShape(value, fleetSchema, where);
  checkRelations(fleet, where);
  return fleet;
}

const FLEET_KIND: DocumentKind = {
  noun: "a fleet",
  schema: FLEET_SCHEMA,
  versions: [FLEET_VERSION],
  madeBy: "fargate-cmk scan",
};

function checkRelations(fleet: Fleet, where: string): void {
  const clusters = new Set(fleet.clusters.map((cluster) => cluster.arn));
  for (const member of ["clusters", "services", "tasks"] as const) {
    const seen = new Set<string>();
    for (const [index, { arn }] of fleet[member].entries()) {
      if (seen.has(arn)) throw wrongShape(where, `$.${member}[${index}].arn`, `${arn} stands a second time`);
      seen.add(arn);
    }
  }
  for (const member of ["services", "tasks"] as const) {
    for (const [index, { clusterArn }] of fleet[member].entries()) {
      if (clusters.has(clusterArn)) continue;
      throw wrongShape(where, `$.${member}[${index}].clusterArn`, `${clusterArn} is no cluster of this fleet`);
    }
  }
}
