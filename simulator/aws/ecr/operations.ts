// The modelled operations of Amazon ECR: repositories and the manifests in them. Layers, policies and scans are not modelled.

import { type Operation, operation } from "../operation";
import { batchGetImage, describeImages } from "./read-images";
import { batchDeleteImage, createRepository, putImage } from "./write-images";

export const ecrOperations: Readonly<Record<string, Operation>> = {
  BatchDeleteImage: operation(batchDeleteImage),
  BatchGetImage: operation(batchGetImage),
  CreateRepository: operation(createRepository),
  DescribeImages: operation(describeImages),
  PutImage: operation(putImage),
};
