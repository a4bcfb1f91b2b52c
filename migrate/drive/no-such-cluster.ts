// The error for a named cluster that is not there, with the names that look alike.

import { lastPart } from "../../domain/arn";
import { FargateCmkError } from "../errors";
import type { EcsPort } from "../ports/ecs-port";
import { didYouMean, nearNames } from "./near-names";
import type { ScanReader } from "./scan-reader";

export interface AbsentClusters {
  readonly ecs: EcsPort;
  readonly reader: ScanReader;
  /** As they were named; at least one. */
  readonly absent: readonly string[];
  /** E.g. `account 111122223333, eu-west-1`. */
  readonly where: string;
}

/** Lists the clusters to find near names; when that is denied, there are none to offer. */
export async function noSuchCluster({ ecs, reader, absent, where }: AbsentClusters): Promise<FargateCmkError> {
  const listed = await reader.read("the clusters", () => ecs.listClusters());
  const names = listed.kind === "known" ? listed.value.map(lastPart) : [];
  const near = [...new Set(absent.flatMap((ref) => nearNames(lastPart(ref), names)))];
  const which = absent.length === 1 ? `no cluster ${absent.join()}` : `no clusters ${absent.join(", ")}`;
  const remedy =
    near.length > 0
      ? `${didYouMean(near)}If not, check --region and --profile`
      : "check the name, --region and --profile";
  return new FargateCmkError("no-such-cluster", { message: `there is ${which} in ${where}`, remedy });
}
