// npm's `prepare`: builds where the compiler is installed; elsewhere (production installs) there is nothing to do.

import { existsSync } from "node:fs";
import path from "node:path";
import { buildUp } from "./build-up.mjs";
import { ROOT } from "./root.mjs";

if (existsSync(path.join(ROOT, "node_modules/typescript/bin/tsc"))) process.exitCode = buildUp(ROOT) ? 0 : 1;
