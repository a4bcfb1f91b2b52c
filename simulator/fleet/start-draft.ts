// What the fleet builder was told about the start of a service's tasks: image, secrets, logging, volumes.
// Invariant: told nothing, everything is healthy: the image is there and has not moved, and so are its log group and its secrets.

import type { SecretState } from "../../domain/fleet-surroundings";

export interface StartDraft {
  /** As the task definition writes it; null: a repository of the lane's own ECR, named after the family. */
  readonly image: string | null;
  readonly imageIs: "as-it-runs" | "moved" | "gone";
  /** The image is an index that lists one manifest for each platform. */
  readonly multiArch: boolean;
  readonly secrets: readonly SecretDraft[];
  /** Null: one named after the family. */
  readonly logGroup: string | null;
  readonly logGroupIs: "there" | "missing" | "made-at-start";
  readonly efsVolumes: readonly { readonly name: string; readonly writable: boolean }[];
  readonly ebsVolumes: readonly string[];
  readonly protection: { readonly tasks: number; readonly minutes: number } | null;
  readonly taskDefinitionInactive: boolean;
}

export interface SecretDraft {
  readonly kind: "secret" | "parameter";
  readonly name: string;
  /** Of a secret in JSON: the key that the task definition asks for. */
  readonly jsonKey: string | null;
  readonly state: SecretState;
}

export const HEALTHY_START: StartDraft = {
  image: null,
  imageIs: "as-it-runs",
  multiArch: false,
  secrets: [],
  logGroup: null,
  logGroupIs: "there",
  efsVolumes: [],
  ebsVolumes: [],
  protection: null,
  taskDefinitionInactive: false,
};
