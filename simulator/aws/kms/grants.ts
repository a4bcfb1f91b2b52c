// ListGrants: one grant for each live volume under the key.
// Source: "Managing AWS KMS keys for Fargate ephemeral storage", ECS developer guide (documented: grantee, retiring principal,
// operations and the constraint with the three context keys).

import type { GrantListEntry, ListGrantsRequest } from "@aws-sdk/client-kms";
import { PAGE_SIZES } from "../../../domain/api-quotas";
import type { ArnPlace } from "../../world/arns";
import type { Grant, Key } from "../../world/key";
import { instant } from "../instant";
import type { Context } from "../operation";
import { findKey } from "./find-key";
import { kmsPage } from "./kms-page";

export function listGrants(context: Context, input: ListGrantsRequest) {
  const key = findKey(context, input.KeyId);
  const { region, account, partition } = context.lane;
  const all = [...key.grants.values()].map((grant) => grantView(key, grant, { region, account, partition }));
  const wanted = all.filter(
    (grant) =>
      (input.GrantId === undefined || grant.GrantId === input.GrantId) &&
      (input.GranteePrincipal === undefined || grant.GranteePrincipal === input.GranteePrincipal),
  );
  const question = `grants of ${key.id} ${input.GranteePrincipal ?? ""}`;
  const { items, ...more } = kmsPage(wanted, { ...input, ...PAGE_SIZES.listGrants, question });
  return { Grants: items, ...more };
}

function grantView(key: Key, grant: Grant, place: ArnPlace): GrantListEntry {
  return {
    KeyId: key.arn,
    GrantId: grant.id,
    CreationDate: instant(grant.createdAtMs),
    GranteePrincipal: `fargate.${place.region}.amazonaws.com`,
    RetiringPrincipal: `ec2.${place.region}.amazonaws.com`,
    IssuingAccount: `arn:${place.partition}:iam::${place.account}:root`,
    Operations: ["Decrypt"],
    Constraints: { EncryptionContextSubset: { ...grant.encryptionContext } },
  };
}
