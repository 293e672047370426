import { logistic } from '../../kernels/regression/logistic-regression.ts'
import type { Judgement, SentimentModel } from './sentiment-model.ts'

const logitOf = (share: number) => Math.log(share / (1 - share))

const mostSteps = 1000
const leastMove = 1e-7
/** A share of 0 or 1 would settle every review. */
const leastShare = 0.001

/**
 * The share of favourable reviews under which their logits are likeliest, where words say what they said among reviews of which the share `before` was
 * favourable: expectation maximisation. At least one logit.
 * @see Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier to new a priori probabilities: a simple procedure", Neural Computation 14, 2002
 */
export function estimateShare(logits: readonly number[], before: number): number {
  let share = before
  for (let step = 0; step < mostSteps; step++) {
    const shift = logitOf(share) - logitOf(before)
    const next = logits.reduce((sum, logit) => sum + logistic(logit + shift), 0) / logits.length
    const moved = Math.abs(next - share)
    share = Math.min(1 - leastShare, Math.max(leastShare, next))
    if (moved < leastMove) break
  }
  return share
}

/** `model`, trained where the share `before` of the reviews was favourable, for reviews of which `share` is, both between 0 and 1. */
export function expectingShare(model: SentimentModel, before: number, share: number): SentimentModel {
  const shift = logitOf(share) - logitOf(before)
  const shifted = (judgement: Judgement): Judgement => {
    if (judgement.why !== undefined) return judgement
    const logit = judgement.logit + shift
    return { ...judgement, logit, probability: logistic(logit) }
  }
  return {
    ...{ learned: model.learned, heldOut: model.heldOut },
    judge: async (texts, signal) => (await model.judge(texts, signal)).map(shifted),
    explain: (text) =>
      model.explain(text)?.map(({ words, amount }) => ({ words, amount: words === '' ? amount + shift : amount })),
    save: () => model.save(),
  }
}
