import { groupBy } from '../../group-by.ts'
import { leastOpinion } from '../../warehouse/least-opinion.ts'
import type { LabelledText } from './labelled-text.ts'

/** What was found in a text, for the measures. */
export interface FoundOpinion {
  readonly aspect: string
  readonly target: string | undefined
  /** -1 to 1. */
  readonly opinion: number
}

/** Of which kind an opinion is. */
export function signOf(opinion: number): -1 | 0 | 1 {
  if (Math.abs(opinion) < leastOpinion) return 0
  return opinion > 0 ? 1 : -1
}

/** Counts of right, wrong and missed. */
interface Counts {
  right: number
  wrong: number
  missed: number
}

/** Precision, recall and their harmonic mean; NaN where there is nothing to divide by. */
export interface Detection {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

const detection = ({ right, wrong, missed }: Counts): Detection => ({
  precision: right / (right + wrong),
  recall: right / (right + missed),
  f1: (2 * right) / (2 * right + wrong + missed),
})

/** How well opinions are found. */
export interface AspectMeasures {
  readonly texts: number
  /** Labelled aspects of texts. */
  readonly labels: number
  /** Which aspects a text speaks of: micro-averaged over aspects of texts. */
  readonly detection: Detection
  /** Aspects found with the right opinion. */
  readonly joint: Detection
  /** Of the labelled aspects, how many have the right opinion, be they found or not; what is not found has the opinion of the text. */
  readonly polarityAccuracy: number
  /** Mean of the F1 of favourable, neither and unfavourable. */
  readonly polarityMacroF1: number
  /** People and characters: found with the right opinion. */
  readonly targets: Detection
  readonly byAspect: readonly {
    readonly aspect: string
    readonly labels: number
    readonly detection: Detection
    readonly accuracy: number
  }[]
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Per aspect and per target, the mean opinion. */
function summed(
  opinions: readonly FoundOpinion[],
  keyOf: (one: FoundOpinion) => string | undefined,
): Map<string, number> {
  const groups = groupBy(opinions, keyOf)
  return new Map([...groups].map(([key, group]) => [key, meanOf(group.map(({ opinion }) => opinion))]))
}

function tally(
  counts: Counts,
  gold: ReadonlyMap<string, number>,
  found: ReadonlyMap<string, number>,
  isSame: (a: number, b: number) => boolean,
) {
  for (const [key, opinion] of found) {
    const label = gold.get(key)
    if (label !== undefined && isSame(label, opinion)) counts.right += 1
    else counts.wrong += 1
  }
  for (const [key, label] of gold) {
    const opinion = found.get(key)
    if (opinion === undefined || !isSame(label, opinion)) counts.missed += 1
  }
}

const noCounts = (): Counts => ({ right: 0, wrong: 0, missed: 0 })
const signs = [-1, 0, 1] as const
const isSameSign = (a: number, b: number) => signOf(a) === signOf(b)

/**
 * Compares what was `found` in each text with its labels. An aspect that a text judges several times counts once, with its mean.
 * @see Pontiki et al., "SemEval-2016 task 5: aspect based sentiment analysis"; Jiang et al., "A challenge dataset and effective models for aspect-based
 * sentiment analysis", EMNLP 2019
 */
export function measureAspects(
  texts: readonly LabelledText[],
  found: readonly (readonly FoundOpinion[])[],
): AspectMeasures {
  const [aspects, joint, targets] = [noCounts(), noCounts(), noCounts()]
  const each = new Map<string, Counts & { labels: number; rightSigns: number }>()
  const confusion = signs.map(() => signs.map(() => 0))
  let labels = 0
  for (const [index, { opinions }] of texts.entries()) {
    const inText = found[index] ?? []
    const ofText = inText.length > 0 ? meanOf(inText.map(({ opinion }) => opinion)) : 0
    const [gold, own] = [opinions, inText].map((some) => summed(some, ({ aspect }) => aspect)) as [
      Map<string, number>,
      Map<string, number>,
    ]
    tally(aspects, gold, own, () => true)
    tally(joint, gold, own, isSameSign)
    tally(
      targets,
      summed(opinions, ({ target }) => target),
      summed(inText, ({ target }) => target),
      isSameSign,
    )
    for (const aspect of new Set([...gold.keys(), ...own.keys()])) {
      const counts = each.get(aspect) ?? { ...noCounts(), labels: 0, rightSigns: 0 }
      each.set(aspect, counts)
      const label = gold.get(aspect)
      const sign = signOf(own.get(aspect) ?? ofText)
      if (label === undefined) {
        counts.wrong += 1
        continue
      }
      labels += 1
      counts.labels += 1
      counts[own.has(aspect) ? 'right' : 'missed'] += 1
      if (signOf(label) === sign) counts.rightSigns += 1
      const row = confusion[signOf(label) + 1] as number[]
      row[sign + 1] = (row[sign + 1] as number) + 1
    }
  }
  const at = (i: number, j: number) => confusion[i]?.[j] as number
  const known = signs.map((_, i) => i).filter((i) => signs.some((_, j) => at(i, j) > 0))
  const f1 = (i: number) =>
    detection({
      right: at(i, i),
      wrong: signs.reduce<number>((sum, _, j) => sum + (j === i ? 0 : at(j, i)), 0),
      missed: signs.reduce<number>((sum, _, j) => sum + (j === i ? 0 : at(i, j)), 0),
    }).f1
  return {
    texts: texts.length,
    labels,
    detection: detection(aspects),
    joint: detection(joint),
    polarityAccuracy: signs.reduce<number>((sum, _, i) => sum + at(i, i), 0) / labels,
    polarityMacroF1: meanOf(known.map(f1)),
    targets: detection(targets),
    byAspect: [...each]
      .map(([aspect, counts]) => ({
        ...{ aspect, labels: counts.labels, detection: detection(counts), accuracy: counts.rightSigns / counts.labels },
      }))
      .sort((a, b) => b.labels - a.labels || (a.aspect < b.aspect ? -1 : 1)),
  }
}
