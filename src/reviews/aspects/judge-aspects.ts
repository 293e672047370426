import { readFile } from 'node:fs/promises'
import type { JudgeReviews } from '../judge/judge.ts'
import { openSentiment } from '../sentiment/open-sentiment.ts'
import { fillSilent } from './fill-silent.ts'
import { OpinionFinder } from './find-opinions.ts'
import { compileLexicon, type Name } from './lexicon.ts'
import type { Taxonomy } from './taxonomy.ts'

/** Opinions are published to four places: engines that sum in another order then agree. */
const places = 1e4

/** What opinions are found by. */
export interface AspectWords {
  readonly taxonomy: Taxonomy
  /** Whom reviews of each work may name. */
  readonly names: readonly (readonly Name[])[]
  /** The place in `names` of the work that a title is of, by `title_ref`. */
  readonly works: Readonly<Record<string, number>>
}

/**
 * Rows of `review_aspect`, any number for each review, by the `AspectWords` in the JSON file `wordsFile`.
 * @throws InputError, ModelError for a file that is no model of sentiment
 */
export async function judgeAspects(wordsFile: string, modelFile: string | undefined): Promise<JudgeReviews> {
  const { taxonomy, names, works } = JSON.parse(await readFile(wordsFile, 'utf8')) as AspectWords
  const finder = new OpinionFinder(compileLexicon(taxonomy))
  const model = modelFile === undefined ? undefined : await openSentiment(modelFile)
  const { signal } = new AbortController()
  const compiled = new Map<number, ReturnType<OpinionFinder['names']>>()
  const namesOf = (titleRef: string | null) => {
    const work = titleRef === null ? undefined : works[titleRef]
    if (work === undefined) return undefined
    const known = compiled.get(work) ?? finder.names(names[work] ?? [])
    compiled.set(work, known)
    return known
  }
  return async (reviews) => {
    const found = reviews.map(({ text, titleRef }) => finder.find(text, namesOf(titleRef)))
    const texts = reviews.map(({ text }) => text)
    const filled = model ? await fillSilent(texts, found, model, signal) : found
    return filled.map((opinions) =>
      opinions.map(({ clause, aspect, target, opinion, start, length }) => [
        ...[clause, aspect, target ?? null, Math.round(opinion * places) / places],
        ...[start, length],
      ]),
    )
  }
}
