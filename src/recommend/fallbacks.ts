import { hybrid } from './algorithm/hybrid.ts'
import type { Candidate } from './evaluation/choose-model.ts'
import type { Algorithm, TrainingSet } from './recommender.ts'

/** What content and popularity weigh at least, so that new titles and new viewers are served. */
const fallbackWeights: Readonly<Record<string, number>> = { 'content-based': 0.02, popularity: 0.01 }

/** `chosen` as it is served: blended with a little of content, where facts of titles are known, and of popularity. */
export function withFallbacks(
  { algorithm, settings, ...rest }: Candidate,
  { facts }: Pick<TrainingSet, 'facts'>,
): Candidate {
  const own =
    algorithm.name === hybrid.name
      ? hybrid.settings.parse(settings).members
      : [{ algorithm: algorithm.name, weight: 1, settings }]
  const missing = Object.entries(fallbackWeights)
    .filter(([name]) => own.every((member) => member.algorithm !== name))
    .filter(([name]) => name !== 'content-based' || facts !== undefined)
  const members = [...own, ...missing.map(([name, weight]) => ({ algorithm: name, weight, settings: {} }))]
  return { ...rest, algorithm: hybrid as unknown as Algorithm, settings: hybrid.settings.parse({ members }) }
}
