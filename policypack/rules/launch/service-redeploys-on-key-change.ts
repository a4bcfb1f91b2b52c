// service-redeploys-on-key-change: a service on a keyed cluster is deployed again when the cluster's key changes.
//
// Invariants
//   what triggers are made from counts, or a known value that is the key; their names say nothing
//   only services that Pulumi itself can redeploy are judged: not those of CodeDeploy, of task sets, on EC2, or daemons
// Sources: Amazon ECS developer guide, fargate-create-storage-key (documented): a new key holds for new service deployments only.
//   aws provider, aws_ecs_service.force_new_deployment and triggers (documented): each does nothing without the other.
//   CloudFormation AWS::ECS::Service ForceNewDeployment (documented): aws-native's form of both.

import { sameKey } from "../../../domain/kms-key";
import { isOn } from "../block-at";
import { lookAt } from "../look";
import { construction, KEY_ALIAS, NATIVE_SERVICE, SERVICE } from "../resource-types";
import type { Finding, Rule, StackSubject } from "../rule";
import { CLUSTER_TYPES, FARGATE_KEY_PATH, fargateKeysOf, KEY_TYPES, keyedness } from "../stack/keys-of-cluster";
import { fail, notApplicable, pass, type Verdict } from "../verdict";
import { CAPACITY_READS } from "./cluster-capacity";
import { standardOf } from "./judge-site";
import { launchReads } from "./launch-sites";
import { mergedReads } from "./merged-reads";
import { placementOf } from "./placement";
import { clusterOfSite, type SiteInStack, sitesInStack } from "./sites-in-stack";

const SERVICES: readonly string[] = [SERVICE, NATIVE_SERVICE];

export const serviceRedeploysOnKeyChange: Rule = {
  id: "service-redeploys-on-key-change",
  title: "A service on a cluster with a customer managed key is deployed again when the key changes.",
  levels: { baseline: "disabled", strict: "advisory" },
  severity: "low",
  controls: [{ framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-12", "SC-28(1)"] }],
  why:
    "A changed key reaches only new deployments. A service that is not deployed again goes on starting tasks under the " +
    "old key, or under none, and nothing shows it.",
  remedy: "Set forceNewDeployment: true and a trigger that is made from the cluster's configuration.",
  limits:
    "It runs at the end of a preview or update, on services whose keyed cluster is part of the stack. With forceNewDeployment, " +
    "every later change of the service deploys it again, a changed desiredCount too. Teams that redeploy with the fargate-cmk " +
    "command, in waves, leave this rule off.",
  example: [
    'const key = new aws.kms.Key("fargate", { enableKeyRotation: true });',
    'const cluster = new aws.ecs.Cluster("web", {',
    "  configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key.arn } },",
    "});",
    'new aws.ecs.Service("web", {',
    "  cluster: cluster.arn,",
    '  taskDefinition: "web:1",',
    '  launchType: "FARGATE",',
    "  forceNewDeployment: true,",
    "  triggers: {",
    "    fargateKey: cluster.configuration.apply(",
    '      (now) => now?.managedStorageConfiguration?.fargateEphemeralStorageKmsKeyId ?? "none",',
    "    ),",
    "  },",
    "});",
  ],
  judges: SERVICES,
  reads: mergedReads(
    Object.fromEntries(Object.entries(launchReads()).filter(([type]) => SERVICES.includes(type))),
    CAPACITY_READS,
    {
      [SERVICE]: ["schedulingStrategy", "forceNewDeployment", "triggers"],
      [NATIVE_SERVICE]: ["schedulingStrategy", "forceNewDeployment"],
      [KEY_ALIAS]: [],
    },
    Object.fromEntries(CLUSTER_TYPES.map((type) => [type, ["configuration"]])),
    Object.fromEntries(KEY_TYPES.map((type) => [type, ["arn"]])),
  ),
  checkStack,
};

function checkStack(resources: readonly StackSubject[]): readonly Finding[] {
  const services = resources.filter(({ type }) => SERVICES.includes(type));
  return sitesInStack(services).map((one) => ({ subject: one.subject, verdict: judge(one, resources) }));
}

function judge(one: SiteInStack, resources: readonly StackSubject[]): Verdict {
  const named = clusterOfSite(one, resources);
  if (named.found !== "in-stack") return notApplicable("its cluster is not part of this stack");
  if (keyedness(named.cluster) !== "present") return notApplicable("its cluster has no key");
  const other = whyNotOurs(one, resources);
  if (other !== null) return notApplicable(other);
  const missing = [
    ...(isForced(one.subject) ? [] : [FORCED[one.subject.type] ?? "forceNewDeployment is not true"]),
    ...(isTriggered(one.subject, named.cluster, resources) ? [] : [UNTRIGGERED]),
  ];
  return missing.length === 0 ? pass("a changed key deploys it again") : violation(one.subject, named.cluster, missing);
}

/** Who else deploys the service, or why its tasks use no key of Fargate's; null when it is Pulumi's to redeploy. */
function whyNotOurs(one: SiteInStack, resources: readonly StackSubject[]): string | null {
  const { properties } = one.subject;
  const controller = lookAt(properties, "deploymentController.type");
  if (controller.state === "known" && controller.value === "CODE_DEPLOY") return "CodeDeploy deploys it";
  const scheduling = lookAt(properties, "schedulingStrategy");
  if (scheduling.state === "known" && scheduling.value === "DAEMON") return "a daemon does not run on Fargate";
  const { place, reason } = placementOf(one.site);
  if (place === "fargate") return null;
  return place === "by-cluster" && standardOf(one, resources).place === "fargate" ? null : reason;
}

const FORCED: Readonly<Record<string, string>> = {
  [NATIVE_SERVICE]: "forceNewDeployment.enableForceNewDeployment is not true",
};
const UNTRIGGERED = "nothing that changes with the cluster's key triggers a deployment";

/** A value that is not known yet is wired: that is enough here. */
function isForced({ type, properties }: StackSubject): boolean {
  const path = type === NATIVE_SERVICE ? "forceNewDeployment.enableForceNewDeployment" : "forceNewDeployment";
  const flag = lookAt(properties, path);
  return isOn(flag) || flag.state === "unknown";
}

/** Made from the cluster, from its key, from what the cluster's own configuration was made from; or equal to the key. */
function isTriggered(service: StackSubject, cluster: StackSubject, resources: readonly StackSubject[]): boolean {
  const property = service.type === NATIVE_SERVICE ? "forceNewDeployment" : "triggers";
  const origins = new Set([
    cluster.urn,
    ...(cluster.madeFrom.configuration ?? []),
    ...fargateKeysOf(cluster, resources).map(({ urn }) => urn),
  ]);
  if ((service.madeFrom[property] ?? []).some((urn) => origins.has(urn))) return true;
  const key = lookAt(cluster.properties, FARGATE_KEY_PATH);
  const given = lookAt(service.properties, property);
  if (key.state !== "known" || given.state !== "known" || typeof given.value !== "object") return false;
  return Object.values(given.value ?? {}).some((value) => sameKey(String(value), String(key.value)));
}

function violation(service: StackSubject, cluster: StackSubject, missing: readonly string[]): Verdict {
  return fail({
    reason: `Service "${service.name}" is not deployed again when the key of cluster "${cluster.name}" changes.`,
    evidence: missing,
    change: [construction(service), ...(service.type === NATIVE_SERVICE ? NATIVE_CHANGE : CHANGE), "});"],
  });
}

const KEY_OF_CLUSTER = [
  "cluster.configuration.apply(",
  "  (now) =>",
  "    now?.managedStorageConfiguration",
  '      ?.fargateEphemeralStorageKmsKeyId ?? "none",',
  "),",
];

const CHANGE = [
  "  forceNewDeployment: true,",
  "  triggers: {",
  ...KEY_OF_CLUSTER.map((line, index) => `    ${index === 0 ? "fargateKey: " : ""}${line}`),
  "  },",
];

const NATIVE_CHANGE = [
  "  forceNewDeployment: {",
  "    enableForceNewDeployment: true,",
  ...KEY_OF_CLUSTER.map((line, index) => `    ${index === 0 ? "forceNewDeploymentNonce: " : ""}${line}`),
  "  },",
];
