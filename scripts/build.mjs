// `npm run build`: compiles when something changed.

import { buildUp } from "./build-up.mjs";
import { ROOT } from "./root.mjs";

process.exitCode = buildUp(ROOT) ? 0 : 1;
