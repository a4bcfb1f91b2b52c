// Who may import whom: the architecture as a test.

import assert from "node:assert/strict";
import path from "node:path";
import { type Import, ROOMS, type SourceFile, sourceFiles } from "./source-files";

const files = sourceFiles(ROOMS);
const POLICY_HOSTS = ["policypack/index.ts", "policypack/adapt/"];
const SIMULATING_COMMANDS = ["demo", "rehearse", "simulate"].map((verb) => `migrate/commands/${verb}.ts`);

describe("imports", () => {
  it("are found at all, so that these rules cannot pass on nothing", () => {
    assert.ok(files.length > 100);
    assert.ok(files.filter(({ imports }) => imports.length > 0).length > 100);
  });

  rule("lead nowhere from domain", {
    from: (file) => file.startsWith("domain/"),
    allowed: ({ target }) => target.startsWith("domain/"),
  });

  rule("lead from simulator to domain and to the SDK's shape schemas only", {
    from: (file) => file.startsWith("simulator/"),
    allowed: ({ target, isRelative }) =>
      isRelative ? inside(target, ["simulator/", "domain/"]) : target.startsWith("node:") || isShapeSchema(target),
  });

  rule("lead from migrate to simulator only in the commands that simulate", {
    from: (file) => file.startsWith("migrate/") && !SIMULATING_COMMANDS.includes(file),
    allowed: ({ target, isRelative }) => !isRelative || inside(target, ["migrate/", "domain/"]),
  });

  rule("lead from components to domain and Pulumi only", {
    from: (file) => file.startsWith("components/"),
    allowed: ({ target, isRelative }) =>
      isRelative
        ? inside(target, ["components/", "domain/"])
        : ["node:async_hooks", "node:crypto"].includes(target) ||
          /^@pulumi\/(pulumi|aws\/([A-Za-z]+|(ecs|kms)\/[A-Za-z]+|types\/(input|output)))$/.test(target),
  });

  rule("lead from policypack to domain only, and to Pulumi from its entry and its adapter", {
    from: (file) => file.startsWith("policypack/"),
    allowed: ({ target, isRelative }, file) =>
      isRelative
        ? inside(target, ["policypack/", "domain/"])
        : inside(file, POLICY_HOSTS) && /^@pulumi\/(policy|pulumi\/proto\/analyzer_(grpc_)?pb)$/.test(target),
  });

  rule("lead from an example to the packages that a reader installs, and to its own files", {
    from: (file) => file.startsWith("examples/"),
    allowed: ({ target, isRelative }, file) =>
      isRelative
        ? target.startsWith(`${path.dirname(file)}/`)
        : target === "fargate-cmk" || target.startsWith("@pulumi/"),
  });

  rule("lead to Pulumi only from components, examples, the policy pack's entry and adapter, and tests", {
    from: (file) => !inside(file, ["components/", "examples/", "tests/", ...POLICY_HOSTS]),
    allowed: ({ target }) => !target.startsWith("@pulumi/"),
  });

  rule("lead to no entry of the policy pack, which starts a server when it is loaded", {
    from: () => true,
    allowed: ({ target }) => target !== "policypack/index",
  });

  rule("lead to the AWS SDK only from migrate/adapters and, for its shapes, from simulator", {
    from: (file) => !inside(file, ["migrate/adapters/aws/", "simulator/", "tests/"]),
    allowed: ({ target }) => !/^@(aws-sdk|smithy)\//.test(target),
  });

  rule("lead from migrate/core to core, domain, the registries and types of ports only", {
    from: (file) => file.startsWith("migrate/core/"),
    allowed: ({ target, isTypeOnly }) =>
      inside(target, ["migrate/core/", "domain/"]) ||
      ["migrate/errors", "zod", "node:crypto"].includes(target) ||
      (isTypeOnly && target.startsWith("migrate/ports/")),
  });

  rule("lead from migrate/ports to nouns only", {
    from: (file) => file.startsWith("migrate/ports/"),
    allowed: ({ target }) => inside(target, ["migrate/ports/", "migrate/core/model/", "migrate/messages", "domain/"]),
  });

  rule("lead from migrate/drive to no adapter, command or rendering", {
    from: (file) => file.startsWith("migrate/drive/"),
    allowed: ({ target }) => !inside(target, ["migrate/adapters/", "migrate/commands/", "migrate/render/", "node:fs"]),
  });

  rule("lead from migrate/render to values only", {
    from: (file) => file.startsWith("migrate/render/"),
    allowed: ({ target, isTypeOnly }) =>
      inside(target, ["migrate/render/", "migrate/core/", "domain/", "migrate/messages/"]) ||
      (isTypeOnly && target.startsWith("migrate/ports/")),
  });

  rule("lead to commands from nowhere but the command line and the tests", {
    from: (file) => file !== "migrate/cli.ts" && !inside(file, ["migrate/commands/", "tests/"]),
    allowed: ({ target }) => !target.startsWith("migrate/commands/"),
  });

  rule("never lead to tests or scripts", {
    from: (file) => !file.startsWith("tests/"),
    allowed: ({ target }) => !inside(target, ["tests/", "scripts/"]),
  });
});

interface Rule {
  from(file: string): boolean;
  allowed(target: Import, file: string): boolean;
}

function rule(title: string, { from, allowed }: Rule): void {
  it(title, () => {
    const subjects = files.filter(({ path }) => from(path));
    assert.ok(subjects.length > 0, "the rule speaks of no file");
    assert.deepEqual(
      subjects.flatMap((file) => forbidden(file, allowed)),
      [],
    );
  });
}

function forbidden({ path, imports }: SourceFile, allowed: Rule["allowed"]): readonly string[] {
  return imports.filter((one) => !allowed(one, path)).map(({ target }) => `${path} → ${target}`);
}

function inside(target: string, folders: readonly string[]): boolean {
  return folders.some((folder) => target.startsWith(folder));
}

function isShapeSchema(target: string): boolean {
  return /^@aws-sdk\/client-[a-z0-9-]+/.test(target) || /^@smithy\/(types|core\/schema)$/.test(target);
}
