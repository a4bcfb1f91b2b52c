// A request of the engine to run a program, as tests of the language hosts send it.

import { ProgramInfo, RunRequest } from "@pulumi/pulumi/proto/language_pb";

export function runRequest(entryPoint: string): RunRequest {
  const info = new ProgramInfo();
  info.setRootDirectory("/project");
  info.setProgramDirectory("/project/program");
  info.setEntryPoint(entryPoint);
  const request = new RunRequest();
  request.setInfo(info);
  request.setMonitorAddress("127.0.0.1:1");
  request.setOrganization("org");
  request.setProject("tiny");
  request.setStack("test");
  request.setParallel(8);
  return request;
}
