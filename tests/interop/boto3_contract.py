"""Calls the operations that the embedded AWS models with boto3: a second client, with AWS's own models, must read every reply.

Usage: python3 boto3_contract.py ENDPOINT
The endpoint serves the fleet of tests/simulator/contract-sequence.ts on a manual clock (tests/interop/interop.test.ts starts it).
"""

import datetime
import json
import sys
import urllib.request

from checks import Checks
from clients import ACCOUNT, clients, key_policy_for_logs

checks = Checks()


def main(endpoint):
    aws = clients(endpoint)
    identities(aws)
    keys(aws["kms"])
    clusters(aws)
    task_definitions(aws["ecs"])
    tasks(aws["ecs"])
    services(aws["ecs"], endpoint)
    task_sets(aws["ecs"])
    log_groups(aws)
    quotas(aws["service-quotas"])
    scaling(aws["application-autoscaling"])
    trails(aws["cloudtrail"])
    alarms(aws["cloudwatch"])
    traps(aws["ecs"], endpoint)
    completeness(endpoint)
    checks.end()


def call(client, operation, **input):
    """One call as a check of its own; returns the reply, or an empty one when it failed."""
    title = f"{client.meta.service_model.service_name}.{operation}"
    return checks.run(title, lambda: getattr(client, operation)(**input)) or {}


def first(reply, member):
    """The first item of a list in a reply; an empty one when there is none, so that the checks on it fail one by one."""
    return (reply.get(member) or [{}])[0]


def steer(endpoint, route, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(f"{endpoint}/_simulator/{route}", data=data, timeout=20) as reply:
        return json.load(reply)


def code_of(act):
    """The error code that an act ends with, or None when it succeeds."""
    try:
        act()
    except Exception as error:
        return getattr(error, "response", {}).get("Error", {}).get("Code", type(error).__name__)
    return None


def identities(aws):
    identity = call(aws["sts"], "get_caller_identity")
    checks.equal("the access key is the account", identity.get("Account"), ACCOUNT)
    role = call(
        aws["sts"], "assume_role", RoleArn=f"arn:aws:iam::{ACCOUNT}:role/operator", RoleSessionName="me"
    )
    expiration = role.get("Credentials", {}).get("Expiration")
    checks.equal("a session expires at an instant", isinstance(expiration, datetime.datetime), True)
    subnet = first(call(aws["ec2"], "describe_subnets"), "Subnets")
    checks.equal("free addresses are a number", type(subnet.get("AvailableIpAddressCount")), int)


def keys(kms):
    metadata = call(kms, "create_key", Description="spare").get("KeyMetadata", {})
    key = metadata.get("KeyId", "")
    checks.equal("a key has an instant of creation", isinstance(metadata.get("CreationDate"), datetime.datetime), True)
    call(kms, "describe_key", KeyId=key)
    call(kms, "update_key_description", KeyId=key, Description="still spare")
    policy = call(kms, "get_key_policy", KeyId=key, PolicyName="default").get("Policy", "")
    checks.run("a key policy is JSON", lambda: json.loads(policy))
    call(kms, "put_key_policy", KeyId=key, PolicyName="default", Policy=policy)
    call(kms, "list_key_policies", KeyId=key)
    call(kms, "enable_key_rotation", KeyId=key, RotationPeriodInDays=180)
    rotation = call(kms, "get_key_rotation_status", KeyId=key)
    checks.equal("rotation is on", rotation.get("KeyRotationEnabled"), True)
    checks.equal("the rotation period is echoed", rotation.get("RotationPeriodInDays"), 180)
    call(kms, "disable_key_rotation", KeyId=key)
    call(kms, "tag_resource", KeyId=key, Tags=[{"TagKey": "a", "TagValue": "b"}])
    tags = call(kms, "list_resource_tags", KeyId=key).get("Tags")
    checks.equal("tags are echoed", tags, [{"TagKey": "a", "TagValue": "b"}])
    call(kms, "untag_resource", KeyId=key, TagKeys=["a"])
    call(kms, "create_alias", AliasName="alias/spare", TargetKeyId=key)
    call(kms, "update_alias", AliasName="alias/spare", TargetKeyId=key)
    call(kms, "list_aliases")
    call(kms, "delete_alias", AliasName="alias/spare")
    call(kms, "list_grants", KeyId=key)
    call(kms, "disable_key", KeyId=key)
    call(kms, "enable_key", KeyId=key)
    call(kms, "schedule_key_deletion", KeyId=key, PendingWindowInDays=7)
    call(kms, "cancel_key_deletion", KeyId=key)
    call(kms, "list_keys")


def clusters(aws):
    ecs = aws["ecs"]
    key = call(aws["kms"], "create_key").get("KeyMetadata", {})
    cluster = call(ecs, "create_cluster", clusterName="new").get("cluster", {})
    storage = {"fargateEphemeralStorageKmsKeyId": key.get("KeyId", "")}
    call(ecs, "update_cluster", cluster="new", configuration={"managedStorageConfiguration": storage})
    call(ecs, "update_cluster_settings", cluster="new", settings=[{"name": "containerInsights", "value": "enabled"}])
    call(
        ecs,
        "put_cluster_capacity_providers",
        cluster="new",
        capacityProviders=["FARGATE"],
        defaultCapacityProviderStrategy=[{"capacityProvider": "FARGATE", "weight": 1}],
    )
    plain = first(call(ecs, "describe_clusters", clusters=["new"]), "clusters")
    checks.equal("configuration is left out unless asked for", "configuration" in plain, False)
    whole = first(call(ecs, "describe_clusters", clusters=["new"], include=["CONFIGURATIONS"]), "clusters")
    echoed = whole.get("configuration", {}).get("managedStorageConfiguration", {})
    checks.equal("a bare key id is echoed as the ARN", echoed.get("fargateEphemeralStorageKmsKeyId"), key.get("Arn"))
    arn = cluster.get("clusterArn", "")
    call(ecs, "tag_resource", resourceArn=arn, tags=[{"key": "a", "value": "b"}])
    call(ecs, "list_tags_for_resource", resourceArn=arn)
    call(ecs, "untag_resource", resourceArn=arn, tagKeys=["a"])
    call(ecs, "list_clusters")
    call(ecs, "delete_cluster", cluster="new")


def task_definitions(ecs):
    call(
        ecs,
        "register_task_definition",
        family="spare",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        containerDefinitions=[{"name": "app", "image": "registry.example/app:1", "essential": True}],
    )
    call(ecs, "describe_task_definition", taskDefinition="spare")
    call(ecs, "list_task_definitions", familyPrefix="spare")
    call(ecs, "deregister_task_definition", taskDefinition="spare:1")


def network(ecs):
    service = first(call(ecs, "describe_services", cluster="pay", services=["api"]), "services")
    subnets = service.get("networkConfiguration", {}).get("awsvpcConfiguration", {}).get("subnets", [])
    return {"awsvpcConfiguration": {"subnets": subnets}}


def tasks(ecs):
    run = {"cluster": "pay", "taskDefinition": "pay-api", "launchType": "FARGATE", "networkConfiguration": network(ecs)}
    started = first(call(ecs, "run_task", **run), "tasks")
    call(ecs, "stop_task", cluster="pay", task=started.get("taskArn", ""))
    arns = call(ecs, "list_tasks", cluster="pay", serviceName="api").get("taskArns", [])
    described = first(call(ecs, "describe_tasks", cluster="pay", tasks=arns), "tasks")
    storage = described.get("fargateEphemeralStorage")
    checks.equal("an un-keyed task shows its storage, without a key", storage, {"sizeInGiB": 20})
    checks.equal("a task's platform version is concrete", described.get("platformVersion"), "1.4.0")
    call(ecs, "update_task_protection", cluster="pay", tasks=arns, protectionEnabled=True, expiresInMinutes=5)
    call(ecs, "get_task_protection", cluster="pay", tasks=arns)
    call(ecs, "update_task_protection", cluster="pay", tasks=arns, protectionEnabled=False)


def services(ecs, endpoint):
    named = {"cluster": "pay", "service": "made"}
    call(
        ecs,
        "create_service",
        cluster="pay",
        serviceName="made",
        taskDefinition="pay-api",
        desiredCount=1,
        capacityProviderStrategy=[{"capacityProvider": "FARGATE", "weight": 1}],
        networkConfiguration=network(ecs),
    )
    steer(endpoint, "advance", {"seconds": 600})
    call(ecs, "update_service", **named, forceNewDeployment=True)
    call(ecs, "list_services", cluster="pay")
    made = first(call(ecs, "describe_services", cluster="pay", services=["made"]), "services")
    checks.equal("a capacity provider strategy leaves launchType out", "launchType" in made, False)
    deployment = first(call(ecs, "list_service_deployments", **named), "serviceDeployments")
    arn = deployment.get("serviceDeploymentArn", "")
    described = first(call(ecs, "describe_service_deployments", serviceDeploymentArns=[arn]), "serviceDeployments")
    revision = described.get("targetServiceRevision", {}).get("arn", "")
    call(ecs, "describe_service_revisions", serviceRevisionArns=[revision])
    call(ecs, "stop_service_deployment", serviceDeploymentArn=arn, stopType="ROLLBACK")
    call(ecs, "delete_service", **named, force=True)


def task_sets(ecs):
    named = {"cluster": "pay", "service": "hooked"}
    old = first(call(ecs, "describe_task_sets", **named), "taskSets")
    new = call(
        ecs,
        "create_task_set",
        **named,
        taskDefinition="pay-hooked",
        launchType="FARGATE",
        scale={"value": 50, "unit": "PERCENT"},
        networkConfiguration=network(ecs),
    ).get("taskSet", {})
    call(ecs, "update_task_set", **named, taskSet=new.get("id", ""), scale={"value": 100, "unit": "PERCENT"})
    call(ecs, "update_service_primary_task_set", **named, primaryTaskSet=new.get("id", ""))
    call(ecs, "delete_task_set", **named, taskSet=old.get("id", ""), force=True)


def traps(ecs, endpoint):
    """The traps that a migration meets: each a check of its own."""
    refused = code_of(lambda: ecs.update_service(cluster="pay", service="shop", forceNewDeployment=True))
    checks.equal("CODE_DEPLOY refuses forceNewDeployment", refused, "InvalidParameterException")
    before = set(tasks_of_api(ecs))
    call(ecs, "update_service", cluster="pay", service="api", forceNewDeployment=True)
    hidden = checks.run("the old tasks can be followed", lambda: draining_hidden(ecs, endpoint, before))
    checks.equal("a draining task leaves the default list while it still runs", hidden, True)
    steer(endpoint, "advance", {"seconds": 3600})
    described = call(ecs, "describe_tasks", cluster="pay", tasks=tasks_of_api(ecs)).get("tasks", [])
    keyed = ["kmsKeyId" in task.get("fargateEphemeralStorage", {}) for task in described]
    checks.equal("a new deployment's tasks carry the key", keyed, [True, True])


def tasks_of_api(ecs):
    return call(ecs, "list_tasks", cluster="pay", serviceName="api").get("taskArns", [])


# Ten simulated minutes in steps of five seconds: a deployment of two tasks drains its old ones well within.
STEPS_MAX = 120


def draining_hidden(ecs, endpoint, before):
    """Whether some old task was seen that the default list no longer names and that had not stopped yet."""
    for _ in range(STEPS_MAX):
        steer(endpoint, "advance", {"seconds": 5})
        listed = set(ecs.list_tasks(cluster="pay", serviceName="api")["taskArns"])
        gone = [arn for arn in before if arn not in listed]
        if gone:
            seen = ecs.describe_tasks(cluster="pay", tasks=gone)["tasks"]
            if any(task["desiredStatus"] == "STOPPED" and task["lastStatus"] != "STOPPED" for task in seen):
                return True
    return False


def log_groups(aws):
    logs = aws["logs"]
    key = call(aws["kms"], "create_key", Policy=key_policy_for_logs()).get("KeyMetadata", {}).get("Arn", "")
    named = {"logGroupName": "/ecs/pay"}
    call(logs, "create_log_group", **named, kmsKeyId=key, tags={"a": "b"})
    call(logs, "put_retention_policy", **named, retentionInDays=30)
    group = first(call(logs, "describe_log_groups", logGroupNamePrefix="/ecs/"), "logGroups")
    checks.equal("a log group shows its key and its retention", [group.get("kmsKeyId"), group.get("retentionInDays")], [key, 30])
    checks.equal("its creation is a number of milliseconds", type(group.get("creationTime")), int)
    arn = group.get("logGroupArn", "")
    call(logs, "tag_resource", resourceArn=arn, tags={"c": "d"})
    call(logs, "untag_resource", resourceArn=arn, tagKeys=["a"])
    checks.equal("its tags are a map", call(logs, "list_tags_for_resource", resourceArn=arn).get("tags"), {"c": "d"})
    call(logs, "disassociate_kms_key", **named)
    call(logs, "associate_kms_key", **named, kmsKeyId=key)
    call(logs, "delete_retention_policy", **named)
    call(logs, "put_log_group_deletion_protection", logGroupIdentifier=arn, deletionProtectionEnabled=False)
    call(logs, "delete_log_group", **named)
    missing = code_of(lambda: logs.delete_log_group(**named))
    checks.equal("a log group that is gone has AWS's error", missing, "ResourceNotFoundException")


def quotas(client):
    quota = call(client, "get_service_quota", ServiceCode="fargate", QuotaCode="L-3032A538").get("Quota", {})
    checks.equal("a vCPU quota names its metric's class", quota.get("UsageMetric", {}).get("MetricDimensions", {}).get("Class"), "Standard/OnDemand")
    checks.equal("both vCPU quotas are listed", len(call(client, "list_service_quotas", ServiceCode="fargate").get("Quotas", [])), 2)
    missing = code_of(lambda: client.get_service_quota(ServiceCode="fargate", QuotaCode="L-00000000"))
    checks.equal("a quota that is not there has AWS's error", missing, "NoSuchResourceException")


def scaling(client):
    target = {"ServiceNamespace": "ecs", "ResourceId": "service/pay/api", "ScalableDimension": "ecs:service:DesiredCount"}
    call(client, "register_scalable_target", **target, MinCapacity=1, MaxCapacity=9)
    found = first(call(client, "describe_scalable_targets", ServiceNamespace="ecs"), "ScalableTargets")
    checks.equal("a scalable target shows its bounds", [found.get("MinCapacity"), found.get("MaxCapacity")], [1, 9])
    checks.equal("its creation is a date", isinstance(found.get("CreationTime"), datetime.datetime), True)
    call(client, "deregister_scalable_target", **target)


def trails(client):
    arn = call(client, "create_trail", Name="spare", S3BucketName="logs").get("TrailARN", "")
    checks.equal("two trails are described", len(call(client, "describe_trails").get("trailList", [])), 2)
    selectors = call(client, "get_event_selectors", TrailName=arn).get("EventSelectors", [])
    checks.equal("a new trail keeps all management events", [selector.get("ReadWriteType") for selector in selectors], ["All"])
    call(client, "put_event_selectors", TrailName=arn, EventSelectors=selectors)
    call(client, "delete_trail", Name="spare")
    missing = code_of(lambda: client.get_event_selectors(TrailName=arn))
    checks.equal("a trail that is gone has AWS's error", missing, "TrailNotFoundException")


def alarms(client):
    checks.equal("boto3 speaks JSON to CloudWatch", client.meta.service_model.resolved_protocol, "json")
    rule = {"EvaluationPeriods": 1, "ComparisonOperator": "GreaterThanThreshold", "Threshold": 1, "Period": 60, "Statistic": "Sum"}
    call(client, "put_metric_alarm", AlarmName="errors", Namespace="Pay", MetricName="Errors", **rule)
    call(client, "put_composite_alarm", AlarmName="all", AlarmRule="ALARM(errors)")
    call(client, "set_alarm_state", AlarmName="errors", StateValue="ALARM", StateReason="a drill")
    described = call(client, "describe_alarms", AlarmNames=["errors", "all"])
    alarm = first(described, "MetricAlarms")
    checks.equal("only the metric alarm is described, in its state", [alarm.get("StateValue"), described.get("CompositeAlarms")], ["ALARM", []])
    checks.equal("its last change is a date", isinstance(alarm.get("StateUpdatedTimestamp"), datetime.datetime), True)
    call(client, "delete_alarms", AlarmNames=["errors", "all"])
    missing = code_of(lambda: client.delete_alarms(AlarmNames=["errors"]))
    checks.equal("an alarm that is gone has its Query code", missing, "ResourceNotFound")
    metric_data(client)


def metric_data(client):
    """The use of Fargate before the fleet was read: the manual clock began at that instant."""
    end = datetime.datetime(2026, 6, 1, 8, 0, tzinfo=datetime.timezone.utc)
    dimensions = {"Service": "Fargate", "Type": "Resource", "Resource": "vCPU", "Class": "Standard/OnDemand"}
    metric = {
        "Namespace": "AWS/Usage",
        "MetricName": "ResourceCount",
        "Dimensions": [{"Name": name, "Value": value} for name, value in dimensions.items()],
    }
    query = {"Id": "used", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Maximum"}}
    window = {"StartTime": end - datetime.timedelta(minutes=15), "EndTime": end}
    used = first(call(client, "get_metric_data", MetricDataQueries=[query], **window), "MetricDataResults")
    checks.equal("there is a point for each minute", len(used.get("Values", [])), 15)
    checks.equal("the newest comes first, as a date", used.get("Timestamps", [None])[0], end - datetime.timedelta(minutes=1))


def completeness(endpoint):
    calls = steer(endpoint, "calls")
    checks.equal("the simulator found no fault with itself", calls["defects"], [])


if __name__ == "__main__":
    main(sys.argv[1])
