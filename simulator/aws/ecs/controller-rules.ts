// What UpdateService refuses for services whose deployments are made elsewhere.
// Source: UpdateService, ECS API reference (documented lists of members); the text for CODE_DEPLOY is reported.

import type { UpdateServiceRequest } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../../world/aws-error";
import type { Service } from "../../world/service";

const CODE_DEPLOY_ALLOWS: ReadonlySet<string> = new Set([
  "cluster",
  "service",
  "desiredCount",
  "deploymentConfiguration",
  "healthCheckGracePeriodSeconds",
  "placementConstraints",
  "placementStrategy",
  "enableECSManagedTags",
  "propagateTags",
]);

const EXTERNAL_ALLOWS: ReadonlySet<string> = new Set(
  [...CODE_DEPLOY_ALLOWS].filter((member) => member !== "deploymentConfiguration"),
);

export function requireControllerAllows(service: Service, input: UpdateServiceRequest): void {
  const { controller } = service;
  if (input.deploymentController?.type !== undefined && input.deploymentController.type !== controller) {
    throw invalidParameter("The simulator does not model a change of the deployment controller.");
  }
  if (controller === "ECS") return;
  if (input.forceNewDeployment === true) throw invalidParameter(forceRefusal(controller));
  const allows = controller === "CODE_DEPLOY" ? CODE_DEPLOY_ALLOWS : EXTERNAL_ALLOWS;
  const refused = Object.entries(input).find(
    ([member, value]) => value !== undefined && member !== "forceNewDeployment" && !allows.has(member),
  );
  if (refused === undefined) return;
  const [member] = refused;
  throw invalidParameter(`Unable to update ${member} on services with ${article(controller)} deployment controller.`);
}

function forceRefusal(controller: "CODE_DEPLOY" | "EXTERNAL"): string {
  const refusal = `Cannot force a new deployment on services with ${article(controller)} deployment controller.`;
  return controller === "CODE_DEPLOY" ? `${refusal} Use AWS CodeDeploy to trigger a new deployment.` : refusal;
}

function article(controller: "CODE_DEPLOY" | "EXTERNAL"): string {
  return controller === "EXTERNAL" ? "an EXTERNAL" : "a CODE_DEPLOY";
}
