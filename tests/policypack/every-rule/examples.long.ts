import assert from "node:assert/strict";
import path from "node:path";
import ts from "typescript";
import { REGISTRY } from "../../../policypack/registry";

describe("the examples of RULES.md", function () {
  this.timeout(120_000);

  it("compile as they stand, each by itself", () => {
    const texts = new Map(
      REGISTRY.rules.map(({ id, example }) => [
        path.resolve(`build/${id}.example.ts`),
        ['import * as aws from "@pulumi/aws";', ...example, "export {};"].join("\n"),
      ]),
    );
    const found = diagnosticsOf(texts);
    assert.deepEqual(found, []);
  });

  it("are looked at: a property that there is not is found", () => {
    const wrong = path.resolve("build/wrong.example.ts");
    const text = 'import * as aws from "@pulumi/aws";\nnew aws.kms.Key("key", { enableKeyRotations: true });';
    assert.match(diagnosticsOf(new Map([[wrong, text]])).join(), /enableKeyRotations/);
  });
});

function diagnosticsOf(texts: ReadonlyMap<string, string>): readonly string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ["node"],
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => texts.get(name) ?? readFile.call(host, name);
  host.fileExists = (name) => texts.has(name) || fileExists.call(host, name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = texts.get(name);
    return text === undefined
      ? getSourceFile.call(host, name, version, ...rest)
      : ts.createSourceFile(name, text, version);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  const diagnostics = [...texts.keys()].flatMap((name) => {
    const file = program.getSourceFile(name);
    return file === undefined
      ? []
      : [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  });
  return diagnostics.map(
    ({ file, messageText }) =>
      `${path.basename(file?.fileName ?? "")}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
  );
}
