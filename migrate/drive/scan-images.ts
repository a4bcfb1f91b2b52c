// The images that task definitions name, as their registries show them now: what a start would pull.
//
// Invariants
//   only Amazon ECR in the lane's Region is asked: what is elsewhere is unknown, which is no missing permission
//   an image is asked for once, however many references mean it; a repository that cannot be read makes all of its images unknown

import { BATCH_LIMITS } from "../../domain/api-quotas";
import { type Fact, unknown } from "../../domain/fact";
import type { Lane } from "../../domain/fleet";
import type { FoundImage, ImageRecord } from "../../domain/fleet-surroundings";
import { type EcrImage, ecrImageName, parseImageReference, repositoryName } from "../../domain/image-reference";
import { batchesOf } from "../core/batches-of";
import { groupBy } from "../core/group-by";
import { isImageAsked, whyImageNotAsked } from "../core/scan/what-is-asked";
import type { SurroundingsPort } from "../ports/surroundings-port";
import { distinct } from "./distinct";
import { type OnRead, readEach } from "./read-each";
import type { ScanReader } from "./scan-reader";

export interface ImageScan {
  readonly surroundings: SurroundingsPort;
  readonly reader: ScanReader;
  readonly lane: Lane;
  readonly onRead: OnRead;
}

export async function scanImages(references: readonly string[], scan: ImageScan): Promise<readonly ImageRecord[]> {
  const all = distinct(references).map((reference) => ({ reference, image: parseImageReference(reference) }));
  const asked = all.flatMap(({ image }) => (isImageAsked(image, scan.lane) ? [image] : []));
  const seen = await readRepositories(asked, scan);
  return all.map(({ reference, image }) => ({
    reference,
    found: isImageAsked(image, scan.lane)
      ? (seen.get(ecrImageName(image)) ?? unknown("its registry did not answer"))
      : unknown(whyImageNotAsked(image, scan.lane)),
  }));
}

/** What one call is about. */
interface Question {
  readonly account: string;
  readonly repository: string;
  readonly images: readonly EcrImage[];
}

async function readRepositories(
  images: readonly EcrImage[],
  { surroundings, reader, lane, onRead }: ImageScan,
): Promise<ReadonlyMap<string, Fact<FoundImage | null>>> {
  const answers = await readEach({
    items: questionsOf(images, reader.oneByOne ? 1 : BATCH_LIMITS.batchGetImage),
    sizeOf: (question) => question.images.length,
    onRead,
    async read({ account, repository, images: of }) {
      const subject = `arn:${lane.partition}:ecr:${lane.region}:${account}:repository/${repository}`;
      const ids = of.map(({ id }) => id);
      const found = await reader.read(subject, () => surroundings.images({ account, repository, ids }));
      return of.map((image, index): [string, Fact<FoundImage | null>] => [ecrImageName(image), at(found, index)]);
    },
  });
  return new Map(answers.flat());
}

function at(found: Fact<readonly (FoundImage | null)[]>, index: number): Fact<FoundImage | null> {
  return found.kind === "unknown" ? found : { ...found, value: found.value[index] ?? null };
}

function questionsOf(images: readonly EcrImage[], most: number): readonly Question[] {
  const distinctImages = [...new Map(images.map((image) => [ecrImageName(image), image])).values()];
  return [...groupBy(distinctImages, repositoryName).values()].flatMap((group) =>
    batchesOf(group, most).flatMap((batch) => {
      const [first] = batch;
      return first === undefined ? [] : [{ account: first.account, repository: first.repository, images: batch }];
    }),
  );
}
