// The arguments that a key's policy is made of, checked and put together: for a key of the component, and for any other.
// Invariant: what is not known yet stays unknown, and the policy with it.

import * as pulumi from "@pulumi/pulumi";
import { checked } from "../arguments/checked";
import { optionalPrincipalArns } from "../arguments/principal-arns";
import type { AwsPlace } from "../aws-place";
import { checkedClusterNames } from "../cluster/cluster-name";
import { checkedLogGroupNames, checkedVolumeRoles } from "./neighbour-statements";
import { type KeyUses, storageKeyPolicy } from "./storage-key-policy";

type Texts = pulumi.Input<pulumi.Input<string>[]>;

export interface KeyUseArgs {
  readonly clusterNames: Texts;
  readonly logGroupNames?: Texts | undefined;
  readonly volumeRoleArns?: Texts | undefined;
  readonly executeCommandRoleArns?: Texts | undefined;
}

export interface KeyPeopleArgs {
  readonly administratorArns?: Texts | undefined;
  readonly clusterOperatorArns?: Texts | undefined;
}

export interface AskedAt {
  readonly place: pulumi.Output<AwsPlace>;
  /** Tells what is refused. */
  readonly component?: pulumi.Resource;
}

export function keyUsesOf(args: KeyUseArgs, { place, component }: AskedAt): pulumi.Output<KeyUses> {
  return checked(
    pulumi.all([
      place,
      checked(args.clusterNames, (names) => checkedClusterNames("clusterNames", names), component),
      checked(args.logGroupNames ?? [], (names) => checkedLogGroupNames("logGroupNames", names), component),
      optionalPrincipalArns("volumeRoleArns", args.volumeRoleArns, component),
      optionalPrincipalArns("executeCommandRoleArns", args.executeCommandRoleArns, component),
    ]),
    ([here, clusterNames, logGroupNames, volumeRoles, executeRoles]) => ({
      clusterNames,
      logGroupNames,
      volumeRoleArns: checkedVolumeRoles(volumeRoles, here),
      executeCommandRoleArns: executeRoles ?? [],
    }),
    component,
  );
}

export interface KeyPolicyOrder extends AskedAt {
  readonly uses: pulumi.Output<KeyUses>;
}

/** The document as JSON text. */
export function keyPolicyOf(
  { administratorArns, clusterOperatorArns }: KeyPeopleArgs,
  { place, uses, component }: KeyPolicyOrder,
): pulumi.Output<string> {
  return checked(
    pulumi.all([
      place,
      uses,
      optionalPrincipalArns("administratorArns", administratorArns, component),
      optionalPrincipalArns("clusterOperatorArns", clusterOperatorArns, component),
    ]),
    ([here, needed, administrators, operators]) =>
      storageKeyPolicy({ ...needed, administratorArns: administrators, clusterOperatorArns: operators ?? [] }, here),
    component,
  );
}
