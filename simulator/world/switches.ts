// The switches of the simulator: one for each place where AWS's behaviour is unknown or reported in two ways.
// Invariant: every setting of every switch has a test; a choice about AWS that is not certain is never made silently.

export interface Switches {
  /** Whether UpdateCluster with a `configuration` merges it into the stored one (true) or replaces it whole (false). */
  readonly updateClusterMerge: boolean;
  /** Whose key a new task gets: the one its deployment captured, or the one its cluster has at the launch. */
  readonly keyCapture: "deployment" | "task";
  /** What CreateCluster does with the name of an active cluster. */
  readonly createClusterOnActiveName: "return" | "refuse";
  /** What UpdateService does with the platform version when the caller leaves it out. */
  readonly platformVersionWhenOmitted: "keep" | "latest";
  /** What a Windows task does in a deployment that has a key. */
  readonly windowsTaskWithKey: "ignore" | "fail";
  /** Whether tasks that drain still take room under maximumPercent. */
  readonly drainingTakesRoom: boolean;
  /** Whether a rollback brings back the last completed deployment under its own id, or starts another of the same revision. */
  readonly rollbackDeployment: "same" | "new";
  /** What a launch, or a log group's new key, does when the key policy holds something that the evaluation does not know. */
  readonly undecidedKeyPolicy: "allow" | "deny";
}

export const DEFAULT_SWITCHES: Switches = {
  updateClusterMerge: false,
  keyCapture: "deployment",
  createClusterOnActiveName: "return",
  platformVersionWhenOmitted: "keep",
  windowsTaskWithKey: "ignore",
  drainingTakesRoom: false,
  rollbackDeployment: "same",
  undecidedKeyPolicy: "deny",
};
