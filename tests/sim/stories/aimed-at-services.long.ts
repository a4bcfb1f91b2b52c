// Every fault in every state of a service is driven to: none is left to the luck of a seed.

import { SERVICE_STATES } from "../meetings/meeting-states";
import { describeCells } from "./describe-cells";

describeCells("a service that is met on purpose", SERVICE_STATES);
