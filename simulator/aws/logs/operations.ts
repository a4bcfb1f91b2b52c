// The modelled operations of Amazon CloudWatch Logs: log groups, and nothing of the events in them.

import { type Operation, operation } from "../operation";
import { describeLogGroups } from "./describe-log-groups";
import { associateKmsKey, disassociateKmsKey } from "./log-group-keys";
import { createLogGroup, deleteLogGroup, putLogGroupDeletionProtection } from "./log-group-lifecycle";
import { listTagsForResource, tagResource, untagResource } from "./log-group-tags";
import { deleteRetentionPolicy, putRetentionPolicy } from "./retention";

export const logsOperations: Readonly<Record<string, Operation>> = {
  AssociateKmsKey: operation(associateKmsKey),
  CreateLogGroup: operation(createLogGroup),
  DeleteLogGroup: operation(deleteLogGroup),
  DeleteRetentionPolicy: operation(deleteRetentionPolicy),
  DescribeLogGroups: operation(describeLogGroups),
  DisassociateKmsKey: operation(disassociateKmsKey),
  ListTagsForResource: operation(listTagsForResource),
  PutLogGroupDeletionProtection: operation(putLogGroupDeletionProtection),
  PutRetentionPolicy: operation(putRetentionPolicy),
  TagResource: operation(tagResource),
  UntagResource: operation(untagResource),
};
