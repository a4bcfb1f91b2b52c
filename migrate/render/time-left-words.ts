// How far a run is and how long it still takes, in the few words of the block's first line.

import type { TimeLeft } from "../core/report/remaining-time";
import { duration } from "./units";

/** The same in ever fewer words, the longest first. */
export function timeLeftWords(left: TimeLeft): readonly string[] {
  switch (left.kind) {
    case "over":
      return ["finished"];
    case "held":
      return ["waits for a key"];
    case "stopped":
      return [left.status === "aborting" ? "ending" : left.status];
    case "after-yes":
      return [
        `about ${duration(left.ms)} ${left.to === "end" ? "after your yes" : "from your yes to the next"}`,
        "waits for a yes",
      ];
    case "after-alarms":
      return [`about ${duration(left.ms)} once the alarms are quiet`, "waits for alarms"];
    case "about":
      return aboutWords(left);
  }
}

function aboutWords({ ms, to, isLate, isPartHeld }: Extract<TimeLeft, { kind: "about" }>): readonly string[] {
  if (ms === 0) return [isLate ? "longer than expected" : "nearly done"];
  const about = `about ${duration(ms)} ${to === "end" ? "left" : "to the next yes"}`;
  if (isPartHeld) return [`${about}, some held`, about];
  return isLate ? [`${about}, longer than expected`, "longer than expected"] : [about];
}
