// The calls of a life that a fault of the API hit, told by how they looked to who sent them.

import type { Life } from "../stage/live";
import type { Strike } from "../stage/strike";
import type { WitnessedCall } from "../stage/witnessed-simulation";
import type { ServiceState } from "./meeting-states";

export function struckCalls(life: Life): readonly Strike[] {
  const subjectOf = subjects(life);
  return life.calls.flatMap((call) => {
    const fault = call.atMs < life.beganMs ? null : faultOf(call);
    if (fault === null) return [];
    return [{ fault, atMs: call.atMs, afterLine: call.afterLine, isAway: false, ...subjectOf(call) }];
  });
}

const CODES: Readonly<Record<string, readonly string[]>> = {
  "timeout-after-act": ["lost"],
  reset: ["reset"],
  throttle: ["ThrottlingException", "Throttling", "RequestLimitExceeded", "TooManyRequestsException"],
  "server-error": [
    "ServerException",
    "KMSInternalException",
    "InternalFailure",
    "InternalError",
    "ServiceUnavailableException",
    "InternalServiceError",
    "InternalServerError",
    "InternalServiceFault",
    "InternalServiceException",
    "ServiceException",
  ],
  "expired-credentials": ["ExpiredTokenException", "ExpiredToken", "RequestExpired"],
  "access-denied": ["AccessDeniedException", "AccessDenied", "UnauthorizedOperation"],
  "clock-skew": ["InvalidSignatureException", "SignatureDoesNotMatch"],
};

const BY_ANSWER = new Map(Object.entries(CODES).flatMap(([fault, codes]) => codes.map((code) => [code, fault])));

function faultOf({ answer, input, delayedMs }: WitnessedCall): string | null {
  if (answer === "ok") return delayedMs > 0 ? "slow" : null;
  if (answer === "InvalidParameterException" && input.nextToken !== undefined) return "pagination-token-expires";
  return BY_ANSWER.get(answer) ?? null;
}

type Subject = Pick<Strike, "services" | "concerns">;

/** What a look at a cluster or its key is for. */
const TO_COME: readonly ServiceState[] = ["queued", "waiting for a second try"];
/** Whose tasks the listing of a whole cluster is for. */
const ON_THEIR_WAY: readonly ServiceState[] = ["deploying", "draining", "superseded", "overdue"];

/** Whom a call is about: the services that it names, or by their tasks, deployments and revisions; else those of its cluster. */
function subjects(life: Life): (call: WitnessedCall) => Subject {
  const namesOf = serviceNames(life);
  const within = (cluster: string) =>
    life.fleet.services.filter(({ clusterArn }) => clusterArn.endsWith(`/${last(cluster)}`)).map(({ arn }) => arn);
  const ofKey = (id: string) =>
    life.plan.services.filter(({ targetKeyArn }) => targetKeyArn.endsWith(id)).map(({ arn }) => arn);
  return (call) => {
    const { operation, input } = call;
    if (operation === "DescribeClusters") return { services: texts(input.clusters).flatMap(within), concerns: TO_COME };
    if (input.KeyId !== undefined) return { services: ofKey(String(input.KeyId)), concerns: TO_COME };
    const services = namesOf(call);
    return operation === "ListTasks" && services.length === 0
      ? { services: within(String(input.cluster)), concerns: ON_THEIR_WAY }
      : { services };
  };
}

function serviceNames({ fleet, history }: Life): (call: WitnessedCall) => readonly string[] {
  const byPath = new Map(fleet.services.map(({ arn, clusterArn, name }) => [`${last(clusterArn)}/${name}`, arn]));
  const byName = (named: string, cluster: string) =>
    named.startsWith("arn:") ? named : (byPath.get(`${last(cluster)}/${named}`) ?? []);
  const byPart = (arn: string) => byPath.get(arn.split("/").slice(1, 3).join("/")) ?? [];
  return ({ input }) => {
    const cluster = String(input.cluster ?? "");
    const named = [input.service, input.serviceName, input.services].flatMap(texts);
    const parts = [input.serviceDeploymentArn, input.serviceDeploymentArns, input.serviceRevisionArns].flatMap(texts);
    const tasks = texts(input.tasks).flatMap((arn) => history.tasks.get(arn)?.serviceArn ?? []);
    return [...new Set([...named.flatMap((one) => byName(one, cluster)), ...parts.flatMap(byPart), ...tasks])];
  };
}

function last(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function texts(value: unknown): readonly string[] {
  return [value].flat().filter((one): one is string => typeof one === "string");
}
