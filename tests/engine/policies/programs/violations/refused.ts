// What ECS or KMS refuse as well: a preview is the only place to meet it.

import * as ecs from "@pulumi/aws/ecs";
import { configurationOn, TAGS } from "../parts";

export function whatAwsRefuses(): void {
  new ecs.Cluster("key-by-alias", {
    name: "key-by-alias",
    configuration: configurationOn("alias/fargate"),
    tags: TAGS,
  });
}
