// Test tooling, not part of the product: a Node.js language host for the Pulumi engine.
//
// Pulumi ships its own, `pulumi-language-nodejs`, beside its CLI, but as no registry package; a machine that built the CLI from source
// lacks it. This one does what the tests need of it and no more. A real one on PATH is used instead: see engine-environment.ts.

import { runPlugin } from "./run-plugin";
import { runProgram } from "./run-program";
import { serveLanguage } from "./serve-language";

serveLanguage((children) => ({
  run: (request, engineAddress) => runProgram({ request, engineAddress, children }),
  runPlugin: (call) => runPlugin({ call, children }),
}));
