// Test tooling, not part of the product: a Python language host for the Pulumi engine.
//
// Pulumi ships its own, `pulumi-language-python`, beside its CLI, but as no package of a registry; a machine that built the CLI from
// source lacks it. Around this one everything is Pulumi's: the engine, the SDK that programs import, the generator of the packages.
// A real one on PATH is used instead: see engine-environment.ts.

import { serveLanguage } from "../../language-host/serve-language";
import { pythonPackage } from "./python-package";
import { linkedRequirements } from "./python-requirements";
import { runPythonProgram } from "./run-python-program";

serveLanguage((children) => ({
  run: (request, engineAddress) => runPythonProgram({ request, engineAddress, children }),
  generatePackage: pythonPackage,
  link: linkedRequirements,
}));
