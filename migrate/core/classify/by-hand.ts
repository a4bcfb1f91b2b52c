// express, task-sets, code-deploy: ECS takes no forced deployment from us here; who owns the service deploys it once more.
// Source: API reference, UpdateService (parameters by deployment controller; documented); that a forced deployment of a CODE_DEPLOY
// service is refused with InvalidParameterException is reported.

import type { Classification } from "../model/service-class";
import { ecsServiceCommand, shellCommand } from "../words/remedy-command";
import type { Family, ServiceFacts } from "./context";

export const byHand: Family = (facts) => {
  const { service } = facts;
  if (service.resourceManagementType === "ECS") return express(facts);
  switch (service.controller) {
    case "ECS":
      return null;
    case "EXTERNAL":
      return taskSets(facts);
    case "CODE_DEPLOY":
      return codeDeploy(facts);
  }
};

function express({ service }: ServiceFacts): Classification {
  const command = shellCommand("aws", "ecs", "update-express-gateway-service", "--service-arn", service.arn);
  return {
    class: "express",
    reason: "an Express service (resourceManagementType ECS), which has its own update call",
    remedy: `deploy it once more the way its owner does, with its present settings: ${command} --primary-container …`,
  };
}

function taskSets({ service, cluster, platformPin }: ServiceFacts): Classification {
  const target = { clusterName: cluster.name, serviceName: service.name };
  const definition = service.taskDefinitionArn ?? "TASK_DEFINITION";
  const create = ecsServiceCommand(
    "create-task-set",
    target,
    "--task-definition",
    definition,
    "--platform-version",
    platformPin,
  );
  return {
    class: "task-sets",
    reason: "its deployment controller is EXTERNAL: a pipeline makes its task sets",
    remedy:
      "let its pipeline make a new task set, then update-service-primary-task-set and delete-task-set for the old one: " +
      `${create} --launch-type FARGATE --network-configuration … --load-balancers … --scale …`,
  };
}

function codeDeploy({ service, cluster }: ServiceFacts): Classification {
  const find = "aws deploy list-applications, list-deployment-groups and batch-get-deployment-groups";
  return {
    class: "code-deploy",
    reason: "its deployment controller is CODE_DEPLOY, where ECS refuses a forced deployment",
    remedy:
      `deploy its last revision once more with the deployment group whose ecsServices name ${cluster.name}/${service.name} ` +
      `(${find} show it): aws deploy create-deployment --application-name APPLICATION --deployment-group-name GROUP --revision …`,
  };
}
