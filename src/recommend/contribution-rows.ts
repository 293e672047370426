import { z } from 'zod'
import { about, note } from '../question.ts'
import { mergeContributions, wordsOf } from './reasons.ts'
import type { Contribution } from './recommender.ts'

/** One part of a score, in an answer. */
export const contributionRow = z.object({
  what: note.meta(about('What', '内容', { as: 'prose' })),
  amount: z.number().meta(about('Amount', '贡献')),
})

const rest = (parts: number) => ({ en: `${parts} others`, zh: `其余 ${parts} 项` })

/** The `most` largest parts, whatever their sign, and the sum of the rest; all amounts sum to the score. */
export function contributionRows(
  parts: readonly Contribution[],
  nameOf: (title: number) => string,
  most: number,
): z.output<typeof contributionRow>[] {
  const merged = mergeContributions(parts)
  const rows = merged.slice(0, most).map((part) => ({ what: wordsOf(part, nameOf), amount: part.amount }))
  const left = merged.slice(most)
  if (left.length === 0) return rows
  return [...rows, { what: rest(left.length), amount: left.reduce((sum, { amount }) => sum + amount, 0) }]
}
