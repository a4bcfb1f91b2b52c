// The scripts that find or build the Pulumi CLI, with a `go` and a `pulumi` that only pretend.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

interface FoundCli {
  readonly file: string;
  readonly version: string;
}

interface CliScript {
  chooseCli(found: { pinned: string; onPath: FoundCli | null; cached: FoundCli | null; cacheFile: string }): {
    source: string;
    file: string;
    why: string;
  };
  cacheFolder(environment: Record<string, string>): string;
  isAtLeast(version: string, floor: string): boolean;
  pinnedVersion(goMod: string): string;
}

const PULUMI = `#!/bin/sh\necho v3.259.0\n`;
/** Writes what it was asked for: the argument after -o. */
const GO = `#!/bin/sh
[ "$1" = version ] && exit 0
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\necho v3.259.0\\n' > "$2" && /bin/chmod +x "$2"
`;
const ENDLESS_GO = `#!/bin/sh\n[ "$1" = version ] && exit 0\necho begun >&2\nexec /bin/sleep 20\n`;
const FAILING_GO = `#!/bin/sh\n[ "$1" = version ] && exit 0\necho "no such module" >&2\nexit 1\n`;

describe("choosing a Pulumi CLI", () => {
  const [pinned, cacheFile] = ["3.259.0", "/cache/pulumi"];
  const cached = { file: cacheFile, version: pinned };
  const choose = async (onPath: FoundCli | null, inCache: FoundCli | null) =>
    (await script()).chooseCli({ pinned, onPath, cached: inCache, cacheFile });

  it("takes the one on PATH from the pinned version on, before one in the cache", async () => {
    for (const version of ["3.259.0", "3.300.1", "4.0.0", "3.260.0-dev.1"]) {
      const { source, file, why } = await choose({ file: "/usr/bin/pulumi", version }, cached);
      assert.deepEqual([source, file], ["path", "/usr/bin/pulumi"]);
      assert.ok(why.includes(version));
    }
  });

  it("passes over an older one, says so, and takes the one in the cache", async () => {
    const { source, file, why } = await choose({ file: "/usr/bin/pulumi", version: "3.99.0" }, cached);
    assert.deepEqual([source, file], ["cache", cacheFile]);
    assert.match(why, /3\.99\.0 on PATH is older than 3\.259\.0/);
  });

  it("builds when neither will do", async () => {
    for (const inCache of [null, { file: cacheFile, version: "3.258.0" }]) {
      const { source, file } = await choose(null, inCache);
      assert.deepEqual([source, file], ["build", cacheFile]);
    }
  });

  it("pins the version of the module file", async () => {
    const { pinnedVersion } = await script();
    assert.match(pinnedVersion(readFileSync("tests/engine/pulumi-cli/go.mod", "utf8")), /^3\.\d+\.\d+$/);
    assert.throws(() => pinnedVersion("module x\n"), /requires no/);
  });

  it("keeps what it built outside the work tree", async () => {
    const { cacheFolder } = await script();
    assert.equal(cacheFolder({ FARGATE_CMK_CACHE: "/own", XDG_CACHE_HOME: "/xdg", HOME: "/me" }), "/own");
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "/xdg", HOME: "/me" }), "/xdg/fargate-cmk");
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "relative", HOME: "/me" }), "/me/.cache/fargate-cmk");
  });
});

describe("making sure of a Pulumi CLI", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "fargate-cmk-cli-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("builds it once and finds it the next time", async () => {
    const first = await ensure({ go: GO });
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.stderr, /has to be built .*\n.*about five minutes.*\n.*Built in \d+ s/);
    assert.ok(first.stdout.startsWith(path.join(folder, "cache")));
    const second = await ensure({ go: FAILING_GO });
    assert.deepEqual([second.status, second.stdout], [0, first.stdout]);
    assert.match(second.stderr, /built on this machine before/);
  });

  it("lets two builds at once both end well, with one file and nothing beside it", async () => {
    const [one, other] = await Promise.all([ensure({ go: GO }), ensure({ go: GO })]);
    assert.deepEqual([one.status, other.status, one.stdout], [0, 0, other.stdout]);
    assert.equal(readdirSync(path.join(folder, "cache")).length, 1);
    assert.deepEqual(readdirSync(path.dirname(one.stdout)), ["pulumi"]);
  });

  it("leaves nothing after a build that fails, and shows what Go said", async () => {
    const { status, stdout, stderr } = await ensure({ go: FAILING_GO });
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /no such module\n.*could not be built: go ended with 1/);
    assert.deepEqual(readdirSync(path.join(folder, "cache")), []);
  });

  it("leaves nothing after a build that is interrupted", async () => {
    const script = start({ go: ENDLESS_GO });
    const output = outputOf(script);
    script.stderr?.on("data", (text: Buffer) => {
      if (text.includes("begun")) script.kill("SIGTERM");
    });
    assert.equal((await output).status, 1);
    assert.deepEqual(readdirSync(path.join(folder, "cache")), []);
  });

  it("says what to install where there is no Go", async () => {
    const { status, stderr } = await ensure({});
    assert.equal(status, 1);
    assert.match(stderr, /install Pulumi 3\.\d+\.\d+ or newer .* or install Go/);
    assert.ok(!existsSync(path.join(folder, "cache")));
  });

  it("takes a pulumi on PATH without building", async () => {
    const { status, stdout } = await ensure({ pulumi: PULUMI, go: FAILING_GO });
    assert.deepEqual([status, stdout], [0, path.join(folder, "bin", "pulumi")]);
  });

  it("builds the generator of Python packages once too, in a folder of its own", async () => {
    const first = await ensure({ go: GO }, "ensure-python-sdk");
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.stdout, /\/cache\/python-sdk-3\.\d+\.\d+-[^/]+\/bin\/python-sdk$/);
    const second = await ensure({}, "ensure-python-sdk");
    assert.deepEqual(second, { status: 0, stdout: first.stdout, stderr: "" });
  });

  async function ensure(commands: Readonly<Record<string, string>>, script?: string) {
    return outputOf(start(commands, script));
  }

  /** Starts the script with nothing on PATH but these. */
  function start(commands: Readonly<Record<string, string>>, script = "ensure-pulumi-cli") {
    const bin = path.join(folder, "bin");
    rmSync(bin, { recursive: true, force: true });
    mkdirSync(bin);
    for (const [name, text] of Object.entries(commands)) {
      writeFileSync(path.join(bin, name), text);
      chmodSync(path.join(bin, name), 0o755);
    }
    const env = { PATH: bin, FARGATE_CMK_CACHE: path.join(folder, "cache"), HOME: folder };
    return spawn(process.execPath, [`scripts/${script}.mjs`], { env });
  }
});

async function outputOf(child: ReturnType<typeof spawn>) {
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (text: Buffer) => {
    output.stdout += text.toString();
  });
  child.stderr?.on("data", (text: Buffer) => {
    output.stderr += text.toString();
  });
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { status, stdout: output.stdout.trim(), stderr: output.stderr };
}

async function script(): Promise<CliScript> {
  return (await import(pathToFileURL(path.resolve("scripts/pulumi-cli.mjs")).href)) as CliScript;
}
