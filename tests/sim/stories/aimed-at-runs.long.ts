// Every fault in every state of a run is driven to: none is left to the luck of a seed.

import { RUN_STATES } from "../meetings/meeting-states";
import { describeCells } from "./describe-cells";

describeCells("a run that is met on purpose", RUN_STATES);
