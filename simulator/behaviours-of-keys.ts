// The behaviours that concern the use of keys: the rates of keyed launches, the event history, policies on their way, imported
// material, the organisation; and the neighbour that uses up what everybody in the account shares.
// Each is number, title (which is the title of its test), standing and source, as in the table that it is part of.

const KMS = "AWS KMS developer guide";
const VOLUMES = "Amazon ECS developer guide, fargate-managing-kms-key";
const TRAIL = "AWS CloudTrail API reference, LookupEvents";

export const behavioursOfKeys: readonly (readonly [number: string, title: string, standing: string, source: string])[] =
  [
    [
      "22b",
      "a service launches at most 500 tasks in any minute, RunTask more, and On-Demand and Spot have a rate each",
      "reported",
      "Fargate service quotas; that the quota holds for any sixty seconds is inferred",
    ],
    [
      "22c",
      "keyed launches wait for the account's 50 CreateGrant a second, of which each takes two",
      "documented",
      `${KMS}, requests-per-second and programming-dryrun (dry runs count); that a launch waits rather than fails is inferred`,
    ],
    [
      "23a",
      "a keyed launch leaves dry runs and, two seconds later, real calls in the event history, and its stop a retired grant",
      "documented",
      `${VOLUMES}, with its samples; ${KMS}, logging-using-cloudtrail, for refused calls and for keys of other accounts; Decrypt is not modelled`,
    ],
    [
      "24",
      "the event history has pages of 50, the newest first, by one attribute, and shows an event minutes after its call",
      "documented",
      `${TRAIL}; events are drawn to be there after 30 seconds to 15 minutes`,
    ],
    [
      "24a",
      "who changed a key or a cluster's configuration is in the event history",
      "documented",
      `${KMS}, logging-using-cloudtrail; only DisableKey, EnableKey, PutKeyPolicy, ScheduleKeyDeletion, CancelKeyDeletion and UpdateCluster are kept, without their replies`,
    ],
    [
      "25a",
      "a replaced key policy is shown at once, and is in force for Fargate within five minutes",
      "documented",
      `${KMS}, programming-eventual-consistency, with the five minutes of grants; how late is drawn from a distribution of our own, mostly seconds, up to a bound (keyPolicyDelayMaxMs), which is five minutes unless said otherwise: a rehearsal in which policies act at once would promise what AWS does not`,
    ],
    [
      "25b",
      "imported key material expires, and its key waits for an import and starts no task",
      "documented",
      `${KMS}, importing-keys and key-state`,
    ],
    [
      "25c",
      "a key of origin EXTERNAL waits for its material, which is imported with a token of 24 hours, and can be deleted again",
      "documented",
      `${KMS}, importing-keys and key-state; the wrapped material is taken unopened: that a key takes the same material only is not told`,
    ],
    [
      "28",
      "a neighbour takes tokens of the account's buckets, so that a well-paced caller is throttled",
      "documented",
      "Amazon ECS API reference, request-throttling (buckets are shared by everybody in the account); the neighbour takes a share of what refills",
    ],
    [
      "30",
      "a resource control policy denies a key to Fargate although the key policy allows it",
      "documented",
      "AWS Organizations user guide, orgs_manage_policies_rcps; what a policy asks of Fargate's requests that nobody documents is decided by the switch undecidedKeyPolicy; service control policies do not bind AWS services",
    ],
    [
      "30a",
      "a start that its key prevents may fail without a word of KMS (switch keyFailureText)",
      "inferred",
      "AWS publishes no text for it",
    ],
  ];
