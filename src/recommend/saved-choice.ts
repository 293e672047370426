import { z } from 'zod'
import { aboutOf, type SavedModel } from '../models/saved-model.ts'
import { note } from '../question.ts'
import { algorithms } from './algorithm/index.ts'
import type { Candidate, Choice } from './evaluation/choose-model.ts'
import type { Algorithm } from './recommender.ts'

const savedCandidate = z.object({
  algorithm: z.string(),
  settings: z.record(z.string(), z.unknown()),
  ndcg100: z.number().nullable(),
  tried: z.int(),
})
const savedChoice = z.object({
  candidates: z.array(savedCandidate),
  leftOut: z.array(z.object({ algorithm: z.string(), why: note })),
  chosen: savedCandidate,
  why: note,
})

const written = ({ algorithm, ...rest }: Candidate) => ({ ...rest, algorithm: algorithm.name })

/** A choice in plain values. */
export function writeChoice({ candidates, chosen, ...rest }: Choice): z.output<typeof savedChoice> {
  return { ...rest, leftOut: [...rest.leftOut], candidates: candidates.map(written), chosen: written(chosen) }
}

/** The choice that is told about `saved`. @throws ModelError `model-file-corrupt` */
export function readChoice(saved: SavedModel): Choice {
  return aboutOf(saved, (about) => {
    const read = (candidate: z.output<typeof savedCandidate>): Candidate => {
      const algorithm = algorithms[candidate.algorithm] as Algorithm
      return { ...candidate, algorithm, settings: algorithm.settings.parse(candidate.settings) }
    }
    const { candidates, chosen, ...rest } = savedChoice.parse(about.choice)
    return { ...rest, candidates: candidates.map(read), chosen: read(chosen) }
  })
}
