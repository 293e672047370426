import type { Algorithm } from '../recommender.ts'
import { hybrid } from './hybrid.ts'
import { singleAlgorithms } from './single.ts'

/** Every algorithm by its name. */
export const algorithms: Readonly<Record<string, Algorithm>> = {
  ...singleAlgorithms,
  [hybrid.name]: hybrid as unknown as Algorithm,
}
