// Who calls, from the SigV4 Authorization header: signatures are not checked, because every secret is welcome here.
// An access key of 12 digits is its own account (a convention of this simulator, as other AWS emulators have it); the access
// key of an assumed role stands for that role's account; any other stands for the default account.

import { partitionOf } from "../../domain/arn";
import type { Caller } from "../world/call";

export interface Credential {
  readonly accessKeyId: string;
  readonly region: string;
  /** The service's name in the credential scope: `ecs`, `kms`, … */
  readonly signingName: string;
}

/** The credential that a request was signed with, or null when it bears none or a malformed one. */
export function credentialOf(authorization: string | undefined): Credential | null {
  const match = CREDENTIAL.exec(authorization ?? "");
  const [, accessKeyId, region, signingName] = match ?? [];
  if (accessKeyId === undefined || region === undefined || signingName === undefined) return null;
  return { accessKeyId, region, signingName };
}

/** A role session that AssumeRole gave out. */
export interface RoleSession {
  readonly account: string;
  readonly principalArn: string;
}

export interface CallerOptions {
  readonly credential: Credential;
  readonly session: RoleSession | undefined;
  readonly defaultAccount: string;
}

/** The caller behind a credential. */
export function callerOf({ credential, session, defaultAccount }: CallerOptions): Caller {
  const { accessKeyId, region } = credential;
  if (session !== undefined) return { ...session, region };
  const account = /^[0-9]{12}$/.test(accessKeyId) ? accessKeyId : defaultAccount;
  return { account, region, principalArn: `arn:${partitionOf(region)}:iam::${account}:user/operator` };
}

const CREDENTIAL =
  /^AWS4-HMAC-SHA256\s.{0,64}?Credential=([A-Za-z0-9_]{3,128})\/[0-9]{8}\/([a-z0-9-]{3,32})\/([a-z0-9-]{2,32})\/aws4_request/;
