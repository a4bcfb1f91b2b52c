// The behaviours that concern how a deployment goes on, is watched and ends, and what moves tasks without one.
// Each is number, title (which is the title of its test), standing and source, as in the table that it is part of.

const GUIDE = "Amazon ECS developer guide";
const API = "Amazon ECS API reference";

export const behavioursOfDeployments: readonly (readonly [
  number: string,
  title: string,
  standing: string,
  source: string,
])[] = [
  [
    "11",
    "an alarm that goes off while a deployment is under way or bakes fails it; one that fired at its start turns the watch off",
    "documented",
    `${GUIDE}, deployment-alarm-failure; that the watch begins with the first running task is reported; how the bake is computed from the alarms, where none is told, and the texts are inferred`,
  ],
  [
    "12",
    "blue/green, linear and canary bring up a second full set of tasks, shift traffic in their steps, bake, and then stop the old set",
    "documented",
    `${GUIDE}, deployment-type-blue-green, deployment-type-linear and canary-deployment; only counts of tasks and weights of traffic are modelled, no load balancer; how long a stage takes is ours`,
  ],
  [
    "12a",
    "lifecycle hooks hold their stage: a pause until ContinueServiceDeployment or its timeout, a function until it answers; one that fails rolls back",
    "documented",
    `${GUIDE}, pause-lifecycle-hooks, lambda-lifecycle-hooks and continue-service-deployment; functions succeed unless a fault says otherwise; hooks are not run again in a rollback here; the stages of rolling deployments, and which error a wrong hook gets, are inferred`,
  ],
  [
    "13",
    "early success waits for its share of healthy tasks and the bake; with deferred clean-up it is SUCCESSFUL while old tasks still run",
    "documented",
    `${API}, DeploymentEarlySuccessCriteria; that rolloutState stays IN_PROGRESS until the steady state follows Deployment.rolloutState`,
  ],
];

export const behavioursOfReplacements: typeof behavioursOfDeployments = [
  [
    "9a",
    "zone rebalancing replaces a healthy task by one of the same deployment, the new one first",
    "documented",
    `${GUIDE}, service-rebalancing; which task and which zone is ours`,
  ],
  [
    "9b",
    "a retired Fargate task is stopped and replaced under the deployment it belongs to",
    "documented",
    `${GUIDE}, task-maintenance; the stop code is inferred`,
  ],
];
