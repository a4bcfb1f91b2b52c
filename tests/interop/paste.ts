// The remedies of a plan, pasted into a shell as a person would.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { Classification } from "../../migrate/core/model/service-class";
import type { SimulatedAccount } from "../e2e/simulated-account";
import { type CliEnd, endOf } from "../migrate/cli/run-cli";

const PYTHON = process.env.FARGATE_CMK_PYTHON ?? "python3";
const AWS = path.join(path.dirname(PYTHON), "aws");

/** Whether the AWS CLI of tests/interop/requirements.txt is there. */
export function hasAws(): boolean {
  return existsSync(AWS);
}

/** Of a service, in the plan of the account's directory. */
export function rowOf(account: SimulatedAccount, service: string): Classification {
  const { services, rest } = account.plan();
  const row = [...services, ...rest].find(({ name }) => name === service);
  return row?.classification ?? assert.fail(`the plan does not hold ${service}`);
}

/** The command stands at the end, after a colon. */
export function commandIn({ remedy }: Classification): string {
  const [, command] = /: ((?:aws|fargate-cmk) (?:(?!: (?:aws|fargate-cmk) ).)*)$/s.exec(remedy ?? "") ?? [];
  return command ?? assert.fail(`no command in ${remedy}`);
}

export function pasted(account: SimulatedAccount, command: string): Promise<CliEnd> {
  const start = path.join(__dirname, "../migrate/cli/start-cli.js");
  const names = `aws() { '${AWS}' "$@"; }; fargate-cmk() { '${process.execPath}' '${start}' "$@"; };`;
  const env = { ...process.env, ...account.env, AWS_DEFAULT_REGION: account.env.AWS_REGION, AWS_PAGER: "" };
  return endOf(spawn("bash", ["-c", `${names} ${command}`], { cwd: account.directory, env }));
}
