// What the provider does for each request of the engine, in plain values.
// Invariants: a preview makes no call; a resource that was made and then failed is kept as a partial failure, never lost.

import type { Autonaming } from "./automatic-name";
import { type CheckedInputs, checkInputs } from "./check-inputs";
import { diffProperties, type PropertyChange } from "./diff-properties";
import { givenByProvider, inputsOf } from "./given-by-provider";
import { keepIgnored } from "./ignored-changes";
import { invoke } from "./invokes/invoke";
import { keptChanges } from "./kept-resource";
import { PartialFailure } from "./partial-failure";
import { plannedState, previewedState } from "./planned-state";
import { isList, type PropertyMap } from "./property-values";
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
    const given = { ...news, ...givenByProvider({ type, inputs: news, ...this.#place(news) }) };
    const checked = checkInputs({ schema: inputsOf(type), news: given, olds, naming: { urn, autonaming, randomSeed } });
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

  /**
   * Null when there is no such resource. Without an old state it is an import, or a `.get`; a `.get` with some state is read as
   * in a refresh, with what that state says (its Region, for one) and without the importer.
   */
  async read({ urn, id, state, inputs }: ReadAnswer & { readonly urn: string }): Promise<ReadAnswer | null> {
    const { type, kept } = resourceType(tokenOf(urn));
    const imports = Object.keys(state).length === 0;
    const asked = imports && "region" in type.inputs ? importId(id) : { id, region: null };
    const where = asked.region === null ? {} : { region: asked.region };
    const context = this.#context({ urn, values: { ...inputs, ...state, ...where } });
    const known = imports ? imported(type, context, asked.id) : { id, state };
    const found = known === null ? null : await type.read(context, known);
    if (found === null) return null;
    if (kept) return { ...found, inputs };
    const now = { ...found.state, ...("region" in type.inputs ? { region: context.region } : {}) };
    const schema = inputsOf(type);
    const belonging = imports ? importedInputs(schema, now) : refreshedInputs(schema, inputs, now);
    return { id: found.id, state: now, inputs: belonging };
  }

  delete({ urn, id, state }: ResourceState & { readonly urn: string }): Promise<void> {
    const { type } = resourceType(tokenOf(urn));
    return type.delete(this.#context({ urn, values: state }), { id, state });
  }

  invoke(token: string, args: PropertyMap): Promise<PropertyMap> {
    return invoke(token, args, this.#configured());
  }

  #changes({ urn, olds, oldInputs }: ChangeRequest, news: PropertyMap): readonly PropertyChange[] {
    const { type, kept } = resourceType(tokenOf(urn));
    if (kept) return keptChanges(oldInputs, news);
    const found = diffProperties(inputsOf(type), olds, news);
    return type.adjustDiff?.(found, olds, news) ?? found;
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

/** An import id ends with `@eu-west-1` for a resource elsewhere than the provider (Terraform AWS provider 6, importRegion). */
function importId(id: string): { readonly id: string; readonly region: string | null } {
  const [, plain = id, region = null] = /^(.+)@([a-z]{2}(?:-[a-z]+)+-\d{1,2})$/.exec(id) ?? [];
  return { id: plain, region };
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
