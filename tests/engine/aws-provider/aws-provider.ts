// What the provider does for each request of the engine, in plain values.
// Invariants: a preview makes no call; a resource that was made and then failed is kept as a partial failure, never lost.

import type { Autonaming } from "./automatic-name";
import { type CheckedInputs, checkInputs } from "./check-inputs";
import { diffProperties, type PropertyChange, sameValue } from "./diff-properties";
import { keepIgnored } from "./ignored-changes";
import { map, string } from "./input-schema";
import { invoke } from "./invokes/invoke";
import { keptChanges } from "./kept-resource";
import { PartialFailure } from "./partial-failure";
import { plannedState, previewedState } from "./planned-state";
import { isList, type PropertyMap, UNKNOWN } from "./property-values";
import type { ProviderConfiguration } from "./provider-configuration";
import { importedInputs, refreshedInputs } from "./read-inputs";
import type { ResourceContext, ResourceState, ResourceType } from "./resource-type";
import { resourceType, tokenOf } from "./resource-types";
import { textOf } from "./state-values";

export interface CheckRequest {
  readonly urn: string;
  readonly olds: PropertyMap;
  readonly news: PropertyMap;
  readonly autonaming: Autonaming;
  readonly randomSeed: Uint8Array;
}

export interface ChangeRequest {
  readonly urn: string;
  readonly id: string;
  readonly oldInputs: PropertyMap;
  /** The old state. */
  readonly olds: PropertyMap;
  /** The new inputs. */
  readonly news: PropertyMap;
  readonly ignoreChanges: readonly string[];
}

export interface DiffAnswer {
  readonly changes: readonly PropertyChange[];
  readonly deleteBeforeReplace: boolean;
}

export interface ReadAnswer extends ResourceState {
  readonly inputs: PropertyMap;
}

export class AwsProvider {
  #configuration: ProviderConfiguration | null = null;

  configure(configuration: ProviderConfiguration): void {
    this.#configuration = configuration;
  }

  close(): void {
    this.#configuration?.clients.destroy();
  }

  check({ urn, olds, news, autonaming, randomSeed }: CheckRequest): CheckedInputs {
    const { type, kept } = resourceType(tokenOf(urn));
    if (kept) return { inputs: { ...news, __defaults: [] }, failures: [] };
    const checked = checkInputs({ schema: type.inputs, news, olds, naming: { urn, autonaming, randomSeed } });
    return { ...checked, failures: [...checked.failures, ...(type.problems?.(checked.inputs) ?? [])] };
  }

  diff(request: ChangeRequest): DiffAnswer {
    const { type } = resourceType(tokenOf(request.urn));
    const changes = this.#changes(request, keepIgnored(request.news, request.olds, request.ignoreChanges));
    const replaces = changes.some((change) => change.replaces);
    return { changes, deleteBeforeReplace: replaces && keepsItsName(type, request) };
  }

  preview({ urn, news }: Pick<ChangeRequest, "urn" | "news">): PropertyMap {
    return previewedState({ type: resourceType(tokenOf(urn)).type, inputs: news, ...this.#place(news) });
  }

  previewUpdate({ urn, news, olds, ignoreChanges }: ChangeRequest): PropertyMap {
    const inputs = keepIgnored(news, olds, ignoreChanges);
    return previewedState({ type: resourceType(tokenOf(urn)).type, inputs, olds, ...this.#place(inputs) });
  }

  async create({ urn, news }: Pick<ChangeRequest, "urn" | "news">): Promise<ResourceState> {
    const { type } = resourceType(tokenOf(urn));
    const planned = plannedState({ type, inputs: news, ...this.#place(news) });
    let madeId: string | null = null;
    const created = (id: string): void => {
      madeId = id;
    };
    try {
      return await type.create(this.#context({ urn, values: planned, created }), planned);
    } catch (error) {
      if (madeId === null) throw error;
      throw new PartialFailure({ id: madeId, state: planned, reason: reasonOf(error) });
    }
  }

  async update(request: ChangeRequest): Promise<PropertyMap> {
    const { urn, id, olds } = request;
    const { type } = resourceType(tokenOf(urn));
    const inputs = keepIgnored(request.news, olds, request.ignoreChanges);
    const news = plannedState({ type, inputs, olds, ...this.#place(inputs) });
    const changed = new Set(this.#changes(request, inputs).map(({ property }) => property));
    try {
      return await type.update(this.#context({ urn, values: news }), { id, olds, news, changed });
    } catch (error) {
      // Terraform's SDK saves the planned state of an update that failed, and so hides the failed change from the next plan.
      throw new PartialFailure({ id, state: news, reason: reasonOf(error) });
    }
  }

  /** Null when there is no such resource. Without an old state it is an import, or a `.get`. */
  async read({ urn, id, state, inputs }: ReadAnswer & { readonly urn: string }): Promise<ReadAnswer | null> {
    const { type, kept } = resourceType(tokenOf(urn));
    const context = this.#context({ urn, values: { ...inputs, ...state } });
    const imports = Object.keys(state).length === 0;
    const known = imports ? imported(type, context, id) : { id, state };
    const found = known === null ? null : await type.read(context, known);
    if (found === null) return null;
    if (kept) return { ...found, inputs };
    const now = { ...found.state, ...("region" in type.inputs ? { region: context.region } : {}) };
    const belonging = imports ? importedInputs(type.inputs, now) : refreshedInputs(type.inputs, inputs, now);
    return { id: found.id, state: now, inputs: belonging };
  }

  delete({ urn, id, state }: ResourceState & { readonly urn: string }): Promise<void> {
    const { type } = resourceType(tokenOf(urn));
    return type.delete(this.#context({ urn, values: state }), { id, state });
  }

  async invoke(token: string, args: PropertyMap): Promise<PropertyMap> {
    try {
      return await invoke(token, args, this.#configured());
    } catch (error) {
      throw new Error(`invoking ${token}: ${reasonOf(error)}`, { cause: error });
    }
  }

  #changes({ urn, olds, oldInputs }: ChangeRequest, news: PropertyMap): readonly PropertyChange[] {
    const { type, kept } = resourceType(tokenOf(urn));
    if (kept) return keptChanges(oldInputs, news);
    const found = [...diffProperties(type.inputs, olds, news), ...this.#tagChanges(type, olds, news)];
    return type.adjustDiff?.(found, olds, news) ?? found;
  }

  /** `tagsAll` changes with the tags, and with the provider's default tags alone. */
  #tagChanges(type: ResourceType, olds: PropertyMap, news: PropertyMap): readonly PropertyChange[] {
    if (!("tags" in type.inputs)) return [];
    const { tagsAll = {} } = plannedState({ type, inputs: news, olds, ...this.#place(news) });
    if (tagsAll !== UNKNOWN && sameValue(map(string()), olds.tagsAll, tagsAll)) return [];
    return [{ path: "tagsAll", property: "tagsAll", kind: "update", replaces: false }];
  }

  #place(inputs: PropertyMap) {
    const { region, defaultTags } = this.#configured();
    return { region: textOf(inputs.region) ?? region, defaultTags };
  }

  #context(of: {
    readonly urn: string;
    readonly values: PropertyMap;
    readonly created?: (id: string) => void;
  }): ResourceContext {
    const configuration = this.#configured();
    const { account, partition, defaultTags, clients, pause } = configuration;
    const region = textOf(of.values.region) ?? configuration.region;
    const created = of.created ?? (() => undefined);
    return { urn: of.urn, aws: clients.in(region), account, partition, region, defaultTags, pause, created };
  }

  #configured(): ProviderConfiguration {
    if (this.#configuration === null) throw new Error("the provider has not been configured");
    return this.#configuration;
  }
}

function imported(type: ResourceType, context: ResourceContext, id: string): ResourceState | null {
  return type.imported === undefined ? { id, state: {} } : type.imported(context, id);
}

/** A name that the program itself gives can be had only once, so the old resource must go first. */
function keepsItsName({ inputs }: ResourceType, { olds, news }: ChangeRequest): boolean {
  return Object.entries(inputs).some(([name, { autoname }]) => {
    if (autoname === undefined || news[name] === undefined || news[name] !== olds[name]) return false;
    return !(isList(news.__defaults) && news.__defaults.includes(name));
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
