// The command line of the build that these tests stand in: the launcher always takes the one of build/js.

import { start } from "../../../migrate/cli";

if (require.main === module) void start();
