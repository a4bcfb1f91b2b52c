// One violation of every rule. The resource that is wrong is named after what is wrong with it; everything else is as it should be.
// Invariant: with the configuration `exists` there is only what AWS itself takes: the rest can be previewed and never be.

import * as pulumi from "@pulumi/pulumi";
import { whatAwsRefuses } from "./refused";
import "./clusters";
import "./keys";
import "./launches";
import "./storage";
import "./surroundings";

if (new pulumi.Config().getBoolean("exists") !== true) whatAwsRefuses();
