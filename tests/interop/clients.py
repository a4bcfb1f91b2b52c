"""boto3 clients put to an endpoint, trying each call once."""

import json

import boto3
from botocore.config import Config

REGION = "eu-west-1"
ACCOUNT = "111122223333"
SERVICES = (
    "ecs", "kms", "sts", "ec2", "logs",
    "service-quotas", "cloudwatch", "application-autoscaling", "cloudtrail",
)


def clients(endpoint, access_key=ACCOUNT):
    session = boto3.session.Session(
        aws_access_key_id=access_key, aws_secret_access_key="any", region_name=REGION
    )
    config = Config(retries={"total_max_attempts": 1}, read_timeout=20, connect_timeout=5)
    return {
        name: session.client(name, endpoint_url=endpoint, config=config)
        for name in SERVICES
    }


def key_policy_for_logs():
    """A key policy that gives the key to the account and lets CloudWatch Logs use it."""
    root = f"arn:aws:iam::{ACCOUNT}:root"
    statements = [
        {"Effect": "Allow", "Principal": {"AWS": root}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Allow", "Principal": {"Service": f"logs.{REGION}.amazonaws.com"}, "Action": "kms:*", "Resource": "*"},
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})
