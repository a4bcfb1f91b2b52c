// Runs a program of examples/ in this process, as compiled with the tests: for programs that only mocks can run.
// Invariant: `fargate-cmk`, which examples import by its name, is the package of this build; every other module is what it is.

import Module from "node:module";
import path from "node:path";

/** What the program exports. It runs anew with each call. */
export function loadExample<Exports>(name: string): Exports {
  const program = path.join(__dirname, "../../examples", name, "index.js");
  const loader = Module as unknown as Loader;
  const { _resolveFilename: resolve } = loader;
  loader._resolveFilename = (request, ...rest) => (request === PACKAGE ? COMPONENTS : resolve(request, ...rest));
  try {
    delete require.cache[program];
    return require(program) as Exports;
  } finally {
    loader._resolveFilename = resolve;
  }
}

const PACKAGE = "fargate-cmk";
const COMPONENTS = path.join(__dirname, "../../components/index.js");

/** Node 20 has no other way to put one module in the place of another. */
interface Loader {
  _resolveFilename(request: string, ...rest: readonly unknown[]): string;
}
