// The one member of a cluster's `configuration` that this program changes, and everything else in it.
// Invariant: what is not the Fargate key comes out as it went in, members that this program does not know included.

import type { ClusterConfiguration } from "../../domain/fleet";

type Configuration = ClusterConfiguration["whole"];

const STORAGE = "managedStorageConfiguration";
const FARGATE_KEY = "fargateEphemeralStorageKmsKeyId";

export function withFargateKey(configuration: Configuration, keyArn: string): Configuration {
  return { ...configuration, [STORAGE]: { ...storageOf(configuration), [FARGATE_KEY]: keyArn } };
}

/** The configuration without the Fargate key; an empty storage part is the same as none. */
export function restOf(configuration: Configuration): Configuration {
  const { [STORAGE]: _, ...others } = configuration;
  const { [FARGATE_KEY]: __, ...storage } = storageOf(configuration);
  return Object.keys(storage).length === 0 ? others : { ...others, [STORAGE]: storage };
}

function storageOf(configuration: Configuration): Configuration {
  const storage = configuration[STORAGE];
  return typeof storage === "object" && storage !== null ? (storage as Configuration) : {};
}
