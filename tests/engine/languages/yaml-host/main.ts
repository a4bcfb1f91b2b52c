// Test tooling, not part of the product: a YAML language host for the Pulumi engine.
//
// Pulumi ships its own, `pulumi-language-yaml`, beside its CLI, but as no package of a registry; a machine that built the CLI from
// source lacks it. This one understands as much of Pulumi YAML as examples/yaml needs and refuses the rest: it shows what the engine and
// the plugin make of such a program. What Pulumi's own says of a misspelt name, before anything runs, it cannot show.
// A real one on PATH is used instead: see engine-environment.ts.

import { serveLanguage } from "../../language-host/serve-language";
import { runYamlProgram } from "./run-yaml-program";

serveLanguage((children) => ({
  run: (request, engineAddress) => runYamlProgram({ request, engineAddress, children }),
}));
