// What a report proves and what it does not: said in every report, word for word the same.

export const PROVES: readonly string[] = [
  "Each task counted as on its key was seen by DescribeTasks with that key as fargateEphemeralStorage.kmsKeyId, on platform version 1.4.0 or newer, at the instant beside it.",
  "A service is proved only when, in one look, every deployment that ECS listed and every task that had not stopped carried the key; one that this run redeployed also only when its service deployment ended SUCCESSFUL with a revision that carries the key, and every task known from before had stopped.",
  "Nothing was inferred from the cluster's setting, from start times or from counts.",
];

export const DOES_NOT_PROVE: readonly string[] = [
  "CloudTrail was not consulted in this version: that KMS was called for each of these volumes is not shown here.",
  "Tasks launched after the instants given were not seen; a cluster whose key is taken away launches tasks without it.",
  "It speaks of ephemeral storage only: not of EBS or EFS volumes, images, logs or secrets.",
  "Key policy, rotation and who else may use the key are not judged here.",
  "The journal's hash chain shows whether the journal was changed, not who wrote it.",
];
