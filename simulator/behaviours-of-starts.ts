// The behaviours that concern what a start of a task needs: images, secrets, parameters, log groups and the task definition.
// Each is number, title (which is the title of its test), standing and source, as in the table that it is part of.

const GUIDE = "Amazon ECS developer guide";
const API = "Amazon ECS API reference";

export const behavioursOfStarts: readonly (readonly [
  number: string,
  title: string,
  standing: string,
  source: string,
])[] = [
  [
    "21a",
    "a task whose image, secret, parameter or log group is gone fails to start, for all services that share it",
    "documented",
    `${GUIDE}, stopped-task-error-codes; the texts after their first words are reported; execution roles and endpoints are not modelled`,
  ],
  [
    "21b",
    "a deployment settles on the digest of each tag when it begins, and the next one on what the tag names by then",
    "documented",
    `${GUIDE}, deployment-type-ecs (container image resolution); that it is settled before the first task, and for task sets too, is inferred`,
  ],
  [
    "21c",
    "an image of the own registry that this world never heard of is there or not (switch unknownRepository); other registries always have theirs",
    "inferred",
    "nobody pushes real images to a simulation; a repository that it knows is exact",
  ],
  [
    "21d",
    "an INACTIVE task definition starts no new service, and a bare force of an old one is taken or refused (switch inactiveTaskDefinition)",
    "inferred",
    `${API}, DeregisterTaskDefinition, documents the first and says nothing about the second`,
  ],
  [
    "21e",
    "a missing log group is made by the start of a task that asks for it",
    "documented",
    `${GUIDE}, using_awslogs (awslogs-create-group)`,
  ],
  [
    "36",
    "a registry has an image by each of its tags and by its digest, and says image by image what it does not have",
    "documented",
    "Amazon ECR API reference, BatchGetImage, DescribeImages, PutImage, BatchDeleteImage; layers, policies and scans are not modelled",
  ],
  [
    "37",
    "a deleted secret can be restored for 7 to 30 days, keeps its name until then, and cannot be read",
    "documented",
    "AWS Secrets Manager API reference, DeleteSecret and RestoreSecret; values are never kept and cannot be asked for",
  ],
  [
    "38",
    "parameters are described by name, 50 a page, and never with their values",
    "documented",
    "AWS Systems Manager API reference, DescribeParameters and PutParameter; other filters are refused here",
  ],
];
