// What a resource type of the provider implements, and what it is given to do it with.
// Invariant: a type talks to AWS through its context alone; requests and answers of the engine are the server's business.

import type { AwsClients } from "./aws-clients";
import type { CheckFailure } from "./check-inputs";
import type { PropertyChange } from "./diff-properties";
import type { InputSchema } from "./input-schema";
import type { PropertyMap } from "./property-values";

export interface ResourceContext {
  readonly urn: string;
  readonly aws: AwsClients;
  /** 12 digits, of the caller. */
  readonly account: string;
  readonly partition: string;
  /** The resource's own, or else the provider's. */
  readonly region: string;
  /** Of the provider's configuration. */
  readonly defaultTags: Readonly<Record<string, string>>;
  /** Lets that many seconds of the simulator's time pass. */
  pause(seconds: number): Promise<void>;
  /** Tells that the resource exists from here on, so that a later failure of its creation does not lose it. */
  created(id: string): void;
}

export interface ResourceState {
  readonly id: string;
  readonly state: PropertyMap;
}

export interface ResourceUpdate {
  readonly id: string;
  readonly olds: PropertyMap;
  /** The planned state: inputs, and what the old state has besides. */
  readonly news: PropertyMap;
  /** The top-level properties that differ. */
  readonly changed: ReadonlySet<string>;
}

export interface ResourceType {
  /** E.g. `aws:ecs/cluster:Cluster`. */
  readonly token: string;
  readonly inputs: InputSchema;
  /** What only AWS can tell: unknown in the preview of a creation. */
  readonly outputs: readonly string[];
  /** What no single property shows; the inputs may hold unknowns. */
  problems?(inputs: PropertyMap): readonly CheckFailure[];
  /** The changes as this type sees them. Throws when the official provider would refuse the plan. */
  adjustDiff?(changes: readonly PropertyChange[], olds: PropertyMap, news: PropertyMap): readonly PropertyChange[];
  create(context: ResourceContext, planned: PropertyMap): Promise<ResourceState>;
  /** The state as AWS shows it now over the old one, or null when the resource is gone. */
  read(context: ResourceContext, resource: ResourceState): Promise<ResourceState | null>;
  update(context: ResourceContext, update: ResourceUpdate): Promise<PropertyMap>;
  delete(context: ResourceContext, resource: ResourceState): Promise<void>;
  /** What `read` needs of an import id; without it, the id itself. Null for an id that can be none. */
  imported?(context: ResourceContext, id: string): ResourceState | null;
}
