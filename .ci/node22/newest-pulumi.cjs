// Preloaded by the second pass of CI: whoever asks for @pulumi/pulumi gets the newest one that this folder pins, not the
// repository's floor. @pulumi/aws and @pulumi/policy ask too, so that a process holds one Pulumi SDK only.
// Invariant: nothing else is resolved differently, and a missing newest SDK is an error, never a silent return to the floor.
"use strict";

const Module = require("node:module");

const resolve = Module._resolveFilename;
const newest = { paths: [__dirname] };

Module._resolveFilename = function resolveNewest(request, parent, isMain, options) {
  const isPulumi = request === "@pulumi/pulumi" || request.startsWith("@pulumi/pulumi/");
  return isPulumi
    ? resolve.call(this, request, parent, isMain, newest)
    : resolve.call(this, request, parent, isMain, options);
};
