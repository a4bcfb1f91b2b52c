// Every fault in every state of a run is driven to: none is left to the luck of a seed.

import { describeCells } from "./describe-cells";
import { RUN_STATES } from "./meeting-states";

describeCells("a run that is met on purpose", RUN_STATES);
