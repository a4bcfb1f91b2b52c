// AWSGuard as its users start it, already compiled.

const { AwsGuard } = require("@pulumi/awsguard");

new AwsGuard({ all: "advisory" });
