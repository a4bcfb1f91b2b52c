// What a careful team makes: every rule finds something here to judge, and nothing to say.

import "./cluster";
import "./launches";
import "./surroundings";
