// Which Pulumi CLI the engine tests use: one on PATH, one in this machine's cache, or one that has yet to be built.
//
// Invariants
//   the version is the one that tests/engine/pulumi-cli/go.mod pins; an older CLI on PATH is passed over, a newer one is taken
//   the cache stands outside the work tree and is shared by all clones; its key covers the version, go.sum and how it is built

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

export const CLI_MODULE = "tests/engine/pulumi-cli";
const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const ANSWER_LIMIT_MS = 60_000;

/**
 * `{ source: "path" | "cache" | "build", file, why }`: what to use, and a sentence that says why.
 * `onPath` and `cached` are `{ file, version }`, or null where there is none that answers.
 */
export function chooseCli({ pinned, onPath, cached, cacheFile }) {
  const passedOver =
    onPath === null ? "no pulumi is on PATH" : `pulumi ${onPath.version} on PATH is older than ${pinned}`;
  if (onPath !== null && isAtLeast(onPath.version, pinned)) {
    return { source: "path", file: onPath.file, why: `pulumi ${onPath.version}, found on PATH` };
  }
  if (cached !== null && cached.version === pinned) {
    return {
      source: "cache",
      file: cached.file,
      why: `pulumi ${pinned}, built on this machine before (${passedOver})`,
    };
  }
  return { source: "build", file: cacheFile, why: `pulumi ${pinned} has to be built (${passedOver})` };
}

/** What there is on this machine, for chooseCli. */
export function lookForCli(root, environment = process.env) {
  const pinned = pinnedVersion(readFileSync(path.join(root, CLI_MODULE, "go.mod"), "utf8"));
  const cacheFile = path.join(cacheFolder(environment), cacheKey(root, pinned), "bin", "pulumi");
  return {
    pinned,
    onPath: firstOnPath(environment),
    cached: existsSync(cacheFile) ? answering(cacheFile, environment) : null,
    cacheFile,
  };
}

/** Where built tools are kept: FARGATE_CMK_CACHE itself, or `fargate-cmk` in the user's cache. */
export function cacheFolder(environment) {
  const { FARGATE_CMK_CACHE: own, XDG_CACHE_HOME: xdg } = environment;
  if (own) return path.resolve(own);
  // An XDG path that is not absolute is to be ignored: XDG Base Directory Specification.
  if (xdg && path.isAbsolute(xdg)) return path.join(xdg, "fargate-cmk");
  return path.join(environment.HOME || homedir(), ".cache", "fargate-cmk");
}

/** Go's arguments; `output` is the file to write. */
export function buildArguments(version, output, goPackage = PACKAGE) {
  const linking = `-s -w -X ${VERSION_VARIABLE}=v${version}`;
  return ["build", "-trimpath", "-tags", "osusergo grpcnotrace", "-ldflags", linking, "-o", output, goPackage];
}

export function pinnedVersion(goMod) {
  const version = /^\s*(?:require\s+)?github\.com\/pulumi\/pulumi\/pkg\/v3 v(\d+\.\d+\.\d+)$/m.exec(goMod)?.[1];
  if (version === undefined) throw new Error(`${CLI_MODULE}/go.mod requires no github.com/pulumi/pulumi/pkg/v3 vX.Y.Z`);
  return version;
}

/** Compares X.Y.Z; what follows, as in 3.260.0-dev, is left out. */
export function isAtLeast(version, floor) {
  const [ours, theirs] = [version, floor].map((text) => text.split("-")[0].split(".").map(Number));
  const differing = theirs.findIndex((number, index) => number !== ours[index]);
  return differing === -1 || ours[differing] > theirs[differing];
}

function cacheKey(root, version) {
  const sources = ["go.mod", "go.sum", "tools.go"];
  return keyOf({ root, name: `pulumi-${version}`, sources, args: buildArguments(version, "") });
}

/** A folder's name in the cache: another one as soon as a source or a way to build it is another. */
export function keyOf({ root, name, sources, args }) {
  const hash = createHash("sha256");
  for (const file of sources) hash.update(readFileSync(path.join(root, CLI_MODULE, file)));
  hash.update(args.join("\n"));
  return `${name}-${process.platform}-${process.arch}-${hash.digest("hex").slice(0, 12)}`;
}

function firstOnPath(environment) {
  const folders = (environment.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  const file = folders.map((folder) => path.join(folder, "pulumi")).find(existsSync);
  return file === undefined ? null : answering(file, environment);
}

/** The CLI in a file with the version that it says it is, or null when it says none. */
function answering(file, environment) {
  const { status, stdout } = spawnSync(file, ["version"], {
    encoding: "utf8",
    timeout: ANSWER_LIMIT_MS,
    env: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "1" },
  });
  const version = /^v?(\d+\.\d+\.\d+\S*)/.exec(stdout ?? "")?.[1];
  return status === 0 && version !== undefined ? { file, version } : null;
}
