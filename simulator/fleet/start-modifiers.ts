// The modifiers of the fleet builder that speak of the start of the last service's tasks.
// Invariants: each gives another builder; what several services share has the worst state that any of them was told.

import type { SecretState } from "../../domain/fleet-surroundings";
import type { ServiceDraft } from "./drafts";
import type { SecretDraft, StartDraft } from "./start-draft";
import { guardImage, guardMinutes, guardParameter, guardSecret, guardVolume } from "./start-guards";

export abstract class StartModifiers<B> {
  /** Another builder, with the service named last changed. */
  protected abstract changed(modifier: string, change: Partial<ServiceDraft>): B;
  protected abstract lastService(modifier: string): ServiceDraft;

  /** The image as its task definition writes it, in any registry, by tag or by digest. */
  image(reference: string): B {
    guardImage(reference);
    return this.#start("image", { image: reference });
  }

  /** Its image is an index; its tasks run the first manifest that it lists. */
  multiArch(): B {
    return this.#start("multiArch", { multiArch: true });
  }

  /** Its image was deleted from its registry: what runs goes on, nothing starts. */
  imageGone(): B {
    return this.#start("imageGone", { imageIs: "gone" });
  }

  /** Its tag names another image than its tasks run. */
  imageMoved(): B {
    return this.#start("imageMoved", { imageIs: "moved" });
  }

  /** A Secrets Manager secret, by name (the ARN is made) or by ARN. `jsonKey` is the key that the task definition asks for. */
  secret(
    name: string,
    { state = "present", jsonKey = null }: { readonly state?: SecretState; readonly jsonKey?: string | null } = {},
  ): B {
    guardSecret(name);
    return this.#secret("secret", { kind: "secret", name, jsonKey, state });
  }

  /** A Systems Manager parameter, by name or by ARN. */
  parameter(name: string, { state = "present" }: { readonly state?: Exclude<SecretState, "being-deleted"> } = {}): B {
    guardParameter(name);
    return this.#secret("parameter", { kind: "parameter", name, jsonKey: null, state });
  }

  logGroup(name: string): B {
    return this.#start("logGroup", { logGroup: name });
  }

  logGroupMissing(): B {
    return this.#start("logGroupMissing", { logGroupIs: "missing" });
  }

  /** awslogs-create-group: its tasks make the log group when they start. */
  logGroupMadeAtStart(): B {
    return this.#start("logGroupMadeAtStart", { logGroupIs: "made-at-start" });
  }

  /** A file system that outlives its tasks. */
  efsVolume(name: string, { writable = true } = {}): B {
    const { efsVolumes, ebsVolumes } = this.lastService("efsVolume").start;
    guardVolume(name, [...efsVolumes.map((volume) => volume.name), ...ebsVolumes]);
    return this.#start("efsVolume", { efsVolumes: [...efsVolumes, { name, writable }] });
  }

  /** An Amazon EBS volume for each task, deleted with it. */
  ebsVolume(name: string): B {
    const { efsVolumes, ebsVolumes } = this.lastService("ebsVolume").start;
    guardVolume(name, [...efsVolumes.map((volume) => volume.name), ...ebsVolumes]);
    return this.#start("ebsVolume", { ebsVolumes: [...ebsVolumes, name] });
  }

  /** Task protection holds so many of its running tasks, from the scan on. */
  protectedTasks(tasks: number, { minutes = 120 } = {}): B {
    guardMinutes(minutes);
    return this.#start("protectedTasks", { protection: { tasks, minutes } });
  }

  inactiveTaskDefinition(): B {
    return this.#start("inactiveTaskDefinition", { taskDefinitionInactive: true });
  }

  #secret(modifier: string, secret: SecretDraft): B {
    return this.#start(modifier, { secrets: [...this.lastService(modifier).start.secrets, secret] });
  }

  #start(modifier: string, change: Partial<StartDraft>): B {
    return this.changed(modifier, { start: { ...this.lastService(modifier).start, ...change } });
  }
}
