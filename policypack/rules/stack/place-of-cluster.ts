// The account, Region and name of a cluster, as far as a preview shows them.
//
// Invariants
//   what the cluster's own ARN says counts first; before it exists, the account of its key stands for its own, since a key of another
//   account is not known to work (AWS's documentation neither allows nor forbids it)
//   null where nothing shows it: no account and no name is ever guessed

import { parseArn } from "../../../domain/arn";
import { parseClusterArn } from "../../../domain/ecs-arn";
import { isProblem } from "../../../domain/problem";
import { type Look, lookAt, textOf, textsAt } from "../look";
import type { StackSubject } from "../rule";
import { FARGATE_KEY_PATH } from "./keys-of-cluster";

export interface PlaceOfCluster {
  readonly account: string | null;
  readonly region: string | null;
  readonly clusterName: string | null;
}

/** `keyArn` is that of the key that the cluster uses, where it is known. */
export function placeOfCluster({ properties, region }: StackSubject, keyArn: Look): PlaceOfCluster {
  const own = textsAt(properties, ["arn", "clusterArn", "id"]).map(parseClusterArn);
  const arn = own.find((one) => !isProblem(one));
  const [name] = textsAt(properties, ["name", "clusterName"]);
  const keys = [keyArn, lookAt(properties, FARGATE_KEY_PATH)].flatMap(textOf).map(parseArn);
  const key = keys.find((one) => !isProblem(one) && one.service === "kms");
  const place = arn !== undefined && !isProblem(arn) ? arn : key !== undefined && !isProblem(key) ? key : null;
  return {
    account: place === null || place.account === "" ? null : place.account,
    region: region.state === "known" ? String(region.value) : (place?.region ?? null),
    clusterName: name ?? (arn !== undefined && !isProblem(arn) ? arn.clusterName : null),
  };
}
