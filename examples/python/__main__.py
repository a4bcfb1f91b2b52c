"""One customer managed key for two clusters: its policy names both, and no other cluster can use it."""

import pulumi
import pulumi_fargate_cmk as fargate_cmk

tags = {"team": "orders", "data-class": "confidential"}

key = fargate_cmk.EphemeralStorageKey(
    "shared",
    cluster_names=["orders", "payments"],
    alias_name="orders-storage",
    tags=tags,
)

orders = fargate_cmk.EncryptedFargateCluster(
    "orders",
    cluster_name="orders",
    existing_key_arn=key.key_arn,
    # KMS has no such key yet when the cluster is checked: what it will say is judged.
    existing_key_policy=key.key_policy,
    container_insights="enhanced",
    tags=tags,
)

payments = fargate_cmk.EncryptedFargateCluster(
    "payments",
    cluster_name="payments",
    existing_key_arn=key.key_arn,
    existing_key_policy=key.key_policy,
    tags=tags,
)

pulumi.export("keyArn", key.key_arn)
pulumi.export("ordersClusterArn", orders.cluster_arn)
pulumi.export("paymentsClusterArn", payments.cluster_arn)
# An aws.ecs.Service with these triggers and force_new_deployment=True follows a change of the key.
pulumi.export("ordersRedeployTriggers", orders.redeploy_triggers)
