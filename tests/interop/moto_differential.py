"""The same calls to moto and to the embedded AWS, for the operations that both have: KMS, ECS clusters, log groups, STS, EC2 subnets.

Usage: python3 moto_differential.py MOTO_ENDPOINT SIMULATOR_ENDPOINT
Shapes (which members are there, and of what type) and the values that a migration rests on must agree; a difference that is
known is listed below with its reason, and a listed one that no longer shows up fails, so that the list stays true.
"""

import sys

from checks import Checks
from clients import REGION, clients, key_policy_for_logs

# Member paths that only one of both answers, and why that is no matter.
ONLY_OURS = "moto 5.2.5 leaves it out; AWS's reply always has it (KMS API reference, KeyMetadata)"
ONLY_MOTO = "moto answers an empty list; AWS has the member for asymmetric keys only (KMS API reference, KeyMetadata)"
KNOWN = {
    f"{operation}.KeyMetadata.{member}": reason
    for operation in ("CreateKey", "DescribeKey")
    for member, reason in (
        ("KeyUsage:str", ONLY_OURS),
        ("MultiRegion:bool", ONLY_OURS),
        ("SigningAlgorithms:list", ONLY_MOTO),
    )
} | {
    f"DescribeLogGroups.logGroups[].{member}": "moto 5.2.5 leaves out what was not asked for (API reference, LogGroup)"
    for member in ("logGroupClass:str", "deletionProtectionEnabled:bool")
}

checks = Checks()
seen_differences = set()


def main(moto_endpoint, simulator_endpoint):
    both = (clients(moto_endpoint), clients(simulator_endpoint))
    compare_identity(both)
    compare_keys(both)
    compare_clusters(both)
    compare_log_groups(both)
    compare_subnets(both)
    for path in sorted(set(KNOWN) - seen_differences):
        checks.equal(f"the known difference {path} still shows up", False, True)
    checks.end()


def compare(title, replies):
    """Compares two replies member by member: one check a call, naming each unknown difference."""
    moto, ours = (without_metadata(reply) for reply in replies)
    differences = [f"{title}.{path}" for path in shape(moto) ^ shape(ours)]
    seen_differences.update(differences)
    unknown = sorted(path for path in differences if path not in KNOWN)
    checks.equal(f"{title}: same shape", unknown, [])


def without_metadata(reply):
    return {name: value for name, value in reply.items() if name != "ResponseMetadata"}


def shape(value, path=""):
    """The set of `path:type` of every member below a value; the items of a list are taken together."""
    if isinstance(value, dict):
        return set().union(*(shape(inner, f"{path}.{name}" if path else name) for name, inner in value.items()))
    if isinstance(value, list):
        return set().union({f"{path}:list"}, *(shape(item, f"{path}[]") for item in value))
    return {f"{path}:{type(value).__name__}"}


def each(both, service, operation, inputs):
    """The replies of both to an operation; `inputs` is one input for both, or one for each."""
    pair = inputs if isinstance(inputs, tuple) else (inputs, inputs)
    return tuple(getattr(aws[service], operation)(**input) for aws, input in zip(both, pair))


def code_of(act):
    try:
        act()
    except Exception as error:
        return getattr(error, "response", {}).get("Error", {}).get("Code", type(error).__name__)
    return None


def compare_identity(both):
    replies = each(both, "sts", "get_caller_identity", {})
    compare("GetCallerIdentity", replies)
    checks.equal("both put the account into the ARN", [f":{r['Account']}:" in r["Arn"] for r in replies], [True, True])


def compare_keys(both):
    created = each(both, "kms", "create_key", {"Description": "d"})
    compare("CreateKey", created)
    metadata = [reply["KeyMetadata"] for reply in created]
    for member in ("KeyState", "KeySpec", "Origin", "KeyManager", "Enabled", "Description"):
        checks.equal(f"CreateKey: {member}", metadata[1].get(member), metadata[0].get(member))
    ids = tuple({"KeyId": one["KeyId"]} for one in metadata)
    compare("DescribeKey", each(both, "kms", "describe_key", ids))
    policies = each(both, "kms", "get_key_policy", tuple({**one, "PolicyName": "default"} for one in ids))
    checks.equal("GetKeyPolicy: both name root", [":root" in reply["Policy"] for reply in policies], [True, True])
    each(both, "kms", "enable_key_rotation", ids)
    rotations = each(both, "kms", "get_key_rotation_status", ids)
    checks.equal("GetKeyRotationStatus: on", [reply["KeyRotationEnabled"] for reply in rotations], [True, True])
    each(both, "kms", "create_alias", tuple({"AliasName": "alias/x", "TargetKeyId": one["KeyId"]} for one in ids))
    aliases = [
        [alias for alias in reply["Aliases"] if alias["AliasName"] == "alias/x"]
        for reply in each(both, "kms", "list_aliases", {})
    ]
    targets = [aliases[i][0]["TargetKeyId"] == ids[i]["KeyId"] for i in (0, 1)]
    checks.equal("ListAliases: the alias points to its key", targets, [True, True])
    each(both, "kms", "disable_key", ids)
    disabled = [reply["KeyMetadata"]["KeyState"] for reply in each(both, "kms", "describe_key", ids)]
    checks.equal("DisableKey: the state", disabled, ["Disabled", "Disabled"])
    each(both, "kms", "enable_key", ids)
    each(both, "kms", "schedule_key_deletion", tuple({**one, "PendingWindowInDays": 7} for one in ids))
    pending = [reply["KeyMetadata"]["KeyState"] for reply in each(both, "kms", "describe_key", ids)]
    checks.equal("ScheduleKeyDeletion: the state", pending, ["PendingDeletion", "PendingDeletion"])
    none = {"KeyId": "00000000-0000-4000-8000-00000000dead"}
    codes = [code_of(lambda aws=aws: aws["kms"].describe_key(**none)) for aws in both]
    checks.equal("DescribeKey of no key: the error", codes[1], codes[0])


def compare_clusters(both):
    keys = each(both, "kms", "create_key", {})
    storage = tuple({"fargateEphemeralStorageKmsKeyId": reply["KeyMetadata"]["Arn"]} for reply in keys)
    configured = tuple({"configuration": {"managedStorageConfiguration": one}} for one in storage)
    each(both, "ecs", "create_cluster", tuple({"clusterName": "diff", **one} for one in configured))
    asked = {"clusters": ["diff"], "include": ["CONFIGURATIONS"]}
    described = [reply["clusters"][0] for reply in each(both, "ecs", "describe_clusters", asked)]
    for member in ("clusterName", "status", "runningTasksCount", "pendingTasksCount", "activeServicesCount"):
        checks.equal(f"DescribeClusters: {member}", described[1].get(member), described[0].get(member))
    echoed = [one["configuration"]["managedStorageConfiguration"] for one in described]
    checks.equal("DescribeClusters: both echo the key", echoed, list(storage))
    logging = {"configuration": {"executeCommandConfiguration": {"logging": "NONE"}}}
    each(both, "ecs", "update_cluster", {"cluster": "diff", **logging})
    replaced = [reply["clusters"][0]["configuration"] for reply in each(both, "ecs", "describe_clusters", asked)]
    checks.equal("UpdateCluster: both replace the configuration whole", replaced, [logging["configuration"]] * 2)
    missing = [reply["failures"][0]["reason"] for reply in each(both, "ecs", "describe_clusters", {"clusters": ["none"]})]
    checks.equal("DescribeClusters of no cluster: the reason", missing, ["MISSING", "MISSING"])
    compare("ListClusters", each(both, "ecs", "list_clusters", {}))
    deleted = [reply["cluster"]["status"] for reply in each(both, "ecs", "delete_cluster", {"cluster": "diff"})]
    checks.equal("DeleteCluster: the status", deleted, ["INACTIVE", "INACTIVE"])
    codes = [code_of(lambda aws=aws: aws["ecs"].list_services(cluster="never-was")) for aws in both]
    checks.equal("ListServices of no cluster: the error", codes[1], codes[0])


def compare_log_groups(both):
    named = {"logGroupName": "/ecs/diff"}
    keys = each(both, "kms", "create_key", {"Policy": key_policy_for_logs()})
    keyed = tuple({**named, "kmsKeyId": reply["KeyMetadata"]["Arn"]} for reply in keys)
    compare("CreateLogGroup", each(both, "logs", "create_log_group", tuple({**one, "tags": {"a": "b"}} for one in keyed)))
    each(both, "logs", "put_retention_policy", {**named, "retentionInDays": 30})
    described = each(both, "logs", "describe_log_groups", {"logGroupNamePrefix": "/ecs/diff"})
    compare("DescribeLogGroups", described)
    groups = [reply["logGroups"][0] for reply in described]
    for member in ("logGroupName", "retentionInDays", "storedBytes", "metricFilterCount"):
        checks.equal(f"DescribeLogGroups: {member}", groups[1].get(member), groups[0].get(member))
    echoed = [group["kmsKeyId"] for group in groups]
    checks.equal("DescribeLogGroups: both echo the key", echoed, [one["kmsKeyId"] for one in keyed])
    ends = [group["arn"].endswith(":log-group:/ecs/diff:*") for group in groups]
    checks.equal("DescribeLogGroups: both ARNs end in a star", ends, [True, True])
    resource = tuple({"resourceArn": group["arn"].removesuffix(":*")} for group in groups)
    tags = [reply["tags"] for reply in each(both, "logs", "list_tags_for_resource", resource)]
    checks.equal("ListTagsForResource: the tags", tags, [{"a": "b"}] * 2)
    again = [code_of(lambda aws=aws: aws["logs"].create_log_group(**named)) for aws in both]
    checks.equal("CreateLogGroup twice: the error", again[1], again[0])
    each(both, "logs", "delete_log_group", named)
    gone = [code_of(lambda aws=aws: aws["logs"].delete_log_group(**named)) for aws in both]
    checks.equal("DeleteLogGroup of no group: the error", gone[1], gone[0])


def compare_subnets(both):
    replies = each(both, "ec2", "describe_subnets", {})
    for member, kind in (("SubnetId", str), ("AvailableIpAddressCount", int), ("VpcId", str), ("AvailabilityZone", str)):
        kinds = [type(reply["Subnets"][0].get(member)) for reply in replies]
        checks.equal(f"DescribeSubnets: {member}", kinds, [kind, kind])
    zones = [reply["Subnets"][0]["AvailabilityZone"].startswith(REGION) for reply in replies]
    checks.equal("DescribeSubnets: zones of the Region", zones, [True, True])
    none = {"SubnetIds": ["subnet-00000000000000000"]}
    codes = [code_of(lambda aws=aws: aws["ec2"].describe_subnets(**none)) for aws in both]
    checks.equal("DescribeSubnets of no subnet: the error", codes[1], codes[0])


if __name__ == "__main__":
    main(*sys.argv[1:3])
