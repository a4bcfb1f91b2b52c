// Every fault in every state of a service is driven to: none is left to the luck of a seed.

import { describeCells } from "./describe-cells";
import { SERVICE_STATES } from "./meeting-states";

describeCells("a service that is met on purpose", SERVICE_STATES);
