// What is said of a cluster that names no key for Fargate: the violation, and its advisory form where the stack shows EC2 only.

import { lookAt, shown } from "../look";
import { construction } from "../resource-types";
import type { Subject } from "../rule";
import { fail, type Verdict } from "../verdict";

const STORAGE_PATH = "configuration.managedStorageConfiguration";

export function keyMissing(subject: Subject): Verdict {
  return fail({
    reason: `Cluster "${subject.name}" names no key for Fargate's ephemeral storage.`,
    evidence: ["fargateEphemeralStorageKmsKeyId is absent or empty", ...ignoredEvidence(subject)],
    change: change(subject),
  });
}

/** `evidence` says what launches on EC2. */
export function ec2Only(subject: Subject, evidence: readonly string[]): Verdict {
  return fail({
    reason: `Cluster "${subject.name}" names no key for Fargate's ephemeral storage. This stack runs it on EC2 only.`,
    evidence: [...evidence, "nothing that this stack launches on it runs on Fargate", ...ignoredEvidence(subject)],
    change: exemption(subject),
    why:
      "An update judges a cluster before it sees what launches on it, so it stops at this one until the entry below stands in " +
      "the pack's configuration. A cluster that is to run tasks on Fargate needs the key.",
    weight: "advisory",
  });
}

/** A program that names a key would not understand the violation otherwise. */
function ignoredEvidence({ ignoredChanges }: Subject): readonly string[] {
  const ignored = ignoredChanges.filter((path) => path === "*" || path.split(/[.[]/)[0] === "configuration");
  return ignored.map(
    (path) => `ignoreChanges names ${shown(path)}: the value of the last update is kept, not the program's`,
  );
}

/** Patterns hold no blanks, which a URN may. */
function exemption({ urn }: Subject): readonly string[] {
  return [
    "{",
    '  "settings": {',
    '    "exemptClusters": [',
    "      {",
    `        "urnPattern": ${JSON.stringify(urn.replaceAll(/\s/g, "?"))},`,
    '        "reason": "EC2 only",',
    '        "owner": "YOUR-TEAM"',
    "      }",
    "    ]",
    "  }",
    "}",
  ];
}

/** The block is shared with ECS Exec and with the key of EBS volumes: what stands there must stay. */
function change(subject: Subject): readonly string[] {
  return [
    construction(subject),
    "  configuration: {",
    ...keeping(siblings(subject, "configuration", "managedStorageConfiguration"), "    "),
    "    managedStorageConfiguration: {",
    ...keeping(siblings(subject, STORAGE_PATH, "fargateEphemeralStorageKmsKeyId"), "      "),
    "      // a KMS key whose policy admits fargate.amazonaws.com",
    "      fargateEphemeralStorageKmsKeyId: key.arn,",
    "    },",
    "  },",
    "});",
  ];
}

function keeping(names: readonly string[], indent: string): readonly string[] {
  return names.length === 0 ? [] : [`${indent}// keep ${names.join(", ")} as it is`];
}

function siblings({ properties }: Subject, path: string, except: string): readonly string[] {
  const look = lookAt(properties, path);
  if (look.state !== "known" || typeof look.value !== "object" || look.value === null) return [];
  return Object.keys(look.value).filter((name) => name !== except && !name.startsWith("__"));
}
