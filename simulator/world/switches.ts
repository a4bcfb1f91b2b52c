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
  /** Whether the stopped reason of a task that its key keeps from starting says so; AWS publishes no text. */
  readonly keyFailureText: "names-kms" | "unnamed";
  /**
   * What a pull from a repository of the lane's own ECR does that this world has never heard of: nobody pushes real images to a
   * simulation, so they pull unless the images that a world starts with are meant to be all there are.
   */
  readonly unknownRepository: "pulls" | "missing";
  /** What UpdateService does when it forces a deployment of a task definition that is INACTIVE by now. */
  readonly inactiveTaskDefinition: "deploys" | "refused";
  /** Whether CloudWatch has a point for a minute in which nothing ran on that kind of Fargate capacity. */
  readonly usageOfNothing: "no-point" | "zero";
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
  keyFailureText: "names-kms",
  usageOfNothing: "no-point",
  unknownRepository: "pulls",
  inactiveTaskDefinition: "deploys",
};
