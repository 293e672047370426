import type { Algorithm } from '../recommender.ts'
import { autoencoder } from './autoencoder.ts'
import { contentBased } from './content-based.ts'
import { ease } from './ease.ts'
import { ials } from './ials.ts'
import { itemBased } from './item-based.ts'
import { popularity } from './popularity.ts'
import { userBased } from './user-based.ts'

/** Every algorithm that is not made of others, by its name. */
export const singleAlgorithms: Readonly<Record<string, Algorithm>> = Object.fromEntries(
  ([popularity, itemBased, userBased, contentBased, ease, ials, autoencoder] as unknown as Algorithm[]).map(
    (algorithm) => [algorithm.name, algorithm],
  ),
)
