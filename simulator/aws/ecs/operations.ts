// The modelled operations of Amazon ECS.

import { type Operation, operation } from "../operation";
import { createCluster, deleteCluster } from "./cluster-lifecycle";
import { describeClusters, listClusters } from "./cluster-reads";
import { putClusterCapacityProviders, updateCluster, updateClusterSettings } from "./cluster-updates";
import { continueServiceDeployment } from "./continue-service-deployment";
import { createService } from "./create-service";
import { deleteServiceOperation } from "./delete-service";
import { listTagsForResource, tagResource, untagResource } from "./resource-tags";
import { runTask, stopTask } from "./run-task";
import { describeServiceDeployments, listServiceDeployments } from "./service-deployment-reads";
import { describeServices, listServices } from "./service-reads";
import { describeServiceRevisions } from "./service-revisions";
import { stopServiceDeploymentOperation } from "./stop-service-deployment";
import { describeTaskDefinition, listTaskDefinitions } from "./task-definition-reads";
import { deregisterTaskDefinition, registerTaskDefinition } from "./task-definition-writes";
import { getTaskProtection, updateTaskProtection } from "./task-protection";
import { describeTasks, listTasks } from "./task-reads";
import {
  createTaskSet,
  deleteTaskSet,
  describeTaskSets,
  updateServicePrimaryTaskSet,
  updateTaskSet,
} from "./task-sets";
import { updateService } from "./update-service";

export const ecsOperations: Readonly<Record<string, Operation>> = {
  ContinueServiceDeployment: operation(continueServiceDeployment),
  CreateCluster: operation(createCluster),
  CreateService: operation(createService),
  CreateTaskSet: operation(createTaskSet),
  DeleteCluster: operation(deleteCluster),
  DeleteService: operation(deleteServiceOperation),
  DeleteTaskSet: operation(deleteTaskSet),
  DeregisterTaskDefinition: operation(deregisterTaskDefinition),
  DescribeClusters: operation(describeClusters),
  DescribeServiceDeployments: operation(describeServiceDeployments),
  DescribeServiceRevisions: operation(describeServiceRevisions),
  DescribeServices: operation(describeServices),
  DescribeTaskDefinition: operation(describeTaskDefinition),
  DescribeTaskSets: operation(describeTaskSets),
  DescribeTasks: operation(describeTasks),
  GetTaskProtection: operation(getTaskProtection),
  ListClusters: operation(listClusters),
  ListServiceDeployments: operation(listServiceDeployments),
  ListServices: operation(listServices),
  ListTagsForResource: operation(listTagsForResource),
  ListTaskDefinitions: operation(listTaskDefinitions),
  ListTasks: operation(listTasks),
  PutClusterCapacityProviders: operation(putClusterCapacityProviders),
  RegisterTaskDefinition: operation(registerTaskDefinition),
  RunTask: operation(runTask),
  StopServiceDeployment: operation(stopServiceDeploymentOperation),
  StopTask: operation(stopTask),
  TagResource: operation(tagResource),
  UntagResource: operation(untagResource),
  UpdateCluster: operation(updateCluster),
  UpdateClusterSettings: operation(updateClusterSettings),
  UpdateService: operation(updateService),
  UpdateServicePrimaryTaskSet: operation(updateServicePrimaryTaskSet),
  UpdateTaskProtection: operation(updateTaskProtection),
  UpdateTaskSet: operation(updateTaskSet),
};
