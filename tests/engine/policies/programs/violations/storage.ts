// What is stored beside the tasks, without encryption.

import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as efs from "@pulumi/aws/efs";
import { container, REGION, taskDefinition } from "../parts";

new efs.FileSystem("files-in-the-clear", { encrypted: false });

const logs = new cloudwatch.LogGroup("logs-without-key", { name: "/ecs/api" });
taskDefinition("api", {
  containerDefinitions: logs.name.apply((group) =>
    container({
      logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": group, "awslogs-region": REGION } },
    }),
  ),
});
