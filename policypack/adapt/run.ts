// What the policies of one process share, and what they know of where they run.

import type { Moment } from "../rules/rule";
import type { Exemption, Settings, Waiver } from "../settings";

export interface Surroundings {
  /** The day that waivers are compared with, ISO 8601 in UTC. */
  today(): string;
  /** Where the provider goes when neither resource nor provider says so; undefined when nothing says so. */
  readonly ambientRegion: string | undefined;
  readonly moment: Moment;
  /** The names that the pack's configuration has at its top, known or not; empty without configuration. */
  configuredNames(): readonly string[];
}

export interface Run {
  settings: Settings;
  /** The settings as JSON, to parse and complain once. */
  settingsSeen: string;
  /** Rule and URN → the message about the resource's inputs. */
  readonly ofInputs: Map<string, string>;
  /** The configuration of rules that was complained of, so that it is done once. */
  readonly complained: Set<string>;
  /** Waivers and exemptions that spoke of a violation. */
  readonly inUse: Set<Waiver | Exemption>;
  readonly surroundings: Surroundings;
}
