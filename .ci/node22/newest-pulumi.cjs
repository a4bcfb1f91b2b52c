// Preloaded by the second pass of CI: whoever asks for @pulumi/pulumi gets the newest one that this folder pins, not the
// repository's floor, and with it the gRPC that it speaks. @pulumi/aws and @pulumi/policy ask too, so a process holds one of each.
// Invariant: what cannot be found without this file cannot be found with it, and what this folder lacks is an error, never a
// silent return to the floor.
"use strict";

const Module = require("node:module");

const resolve = Module._resolveFilename;
const newest = { paths: [__dirname] };
const SWAPPED = /^(@pulumi\/pulumi|@grpc\/grpc-js|google-protobuf)(\/|$)/;

Module._resolveFilename = function resolveNewest(request, parent, isMain, options) {
  const found = resolve.call(this, request, parent, isMain, options);
  return SWAPPED.test(request) ? resolve.call(this, request, parent, isMain, newest) : found;
};
