import { keepEntries, rowOf, type SparseMatrix, selectRows } from '../../kernels/matrices/sparse.ts'
import { type Random, shuffled } from '../../kernels/random.ts'
import type { TrainingSet } from '../recommender.ts'

/** Viewers whom no model learned from: row by row what each is known to have watched, and what is to be guessed. */
export interface HeldOut {
  readonly foldIn: SparseMatrix
  readonly target: SparseMatrix
}

/** What a model learns from, and viewers to try it on. */
export interface Split {
  readonly train: TrainingSet
  readonly heldOut: HeldOut
  /** The rows of the viewers held out, where nothing is learned from them. */
  readonly viewers?: Uint32Array
}

/** Plays that a viewer needs to be held out. */
const fewestPlays = 5
const foldInShare = 0.8

/** The viewers of `set` that `rows` names. */
export function viewersOf(set: TrainingSet, rows: Uint32Array): TrainingSet {
  const { ageDays, interactions } = set
  const chosen = { ...set, interactions: selectRows(interactions, rows) }
  if (!ageDays) return chosen
  const ages = Array.from(rows, (row) => ageDays.subarray(interactions.start[row], interactions.start[row + 1]))
  const kept = new Float32Array(chosen.interactions.index.length)
  let at = 0
  for (const age of ages) {
    kept.set(age, at)
    at += age.length
  }
  return { ...chosen, ageDays: kept }
}

/** `set` without the viewers `out`, of whom four fifths of the plays are told and one fifth is to be guessed. */
function holdOut(set: TrainingSet, out: Uint32Array, random: Random): Split {
  const { interactions } = set
  const isOut = new Uint8Array(interactions.rows)
  for (const row of out) isOut[row] = 1
  const stay = Uint32Array.from({ length: interactions.rows }, (_, row) => row).filter((row) => !isOut[row])
  const all = selectRows(interactions, out)
  const isTold = new Uint8Array(all.index.length)
  for (let row = 0; row < all.rows; row++) {
    const from = all.start[row] as number
    const { index } = rowOf(all, row)
    const told = shuffled(index.length, random).subarray(0, Math.floor(foldInShare * index.length))
    for (const place of told) isTold[from + place] = 1
  }
  return {
    viewers: out,
    train: viewersOf(set, stay),
    heldOut: {
      foldIn: keepEntries(all, (entry) => isTold[entry] === 1),
      target: keepEntries(all, (entry) => isTold[entry] === 0),
    },
  }
}

/**
 * `folds` times other viewers with five plays or more, drawn at random, are held out of `set`, each time `count` of them or fewer; of each,
 * four fifths of the plays are told and one fifth is to be guessed (strong generalisation). None where nobody has five plays, or nobody
 * would be left.
 * @see Liang, Krishnan, Hoffman and Jebara, "Variational autoencoders for collaborative filtering", WWW 2018, section 4.1
 */
export function splitByViewer(set: TrainingSet, count: number, folds: number, random: Random): Split[] {
  const { interactions } = set
  const playsOf = (row: number) => (interactions.start[row + 1] as number) - (interactions.start[row] as number)
  const able = shuffled(interactions.rows, random).filter((row) => playsOf(row) >= fewestPlays)
  const most = Math.min(count, interactions.rows - 1)
  return Array.from({ length: folds }, (_, fold) => able.subarray(fold * most, (fold + 1) * most))
    .filter((out) => out.length > 0)
    .map((out) => holdOut(set, out, random))
}

/**
 * Cuts `set` in time: the newest `share` of the plays is to be guessed, of viewers who have older ones, which are told; models learn from
 * all that is older, and from those viewers alone who have any. Undefined where no viewer has plays on both sides.
 */
export function splitByTime(
  set: Required<Pick<TrainingSet, 'ageDays'>> & TrainingSet,
  share: number,
): Split | undefined {
  const { interactions, ageDays } = set
  const cut = ageDays.slice().sort()[Math.floor(share * ageDays.length)] as number
  const older = keepEntries(interactions, (entry) => (ageDays[entry] as number) > cut)
  const newer = keepEntries(interactions, (entry) => (ageDays[entry] as number) <= cut)
  const has = ({ start }: SparseMatrix, row: number) => (start[row + 1] as number) > (start[row] as number)
  const rows = Uint32Array.from({ length: interactions.rows }, (_, row) => row)
  const both = rows.filter((row) => has(older, row) && has(newer, row))
  if (both.length === 0) return undefined
  const ages = ageDays.filter((age) => age > cut).map((age) => age - cut)
  const learners = rows.filter((row) => has(older, row))
  return {
    train: viewersOf({ ...set, interactions: older, ageDays: ages }, learners),
    heldOut: { foldIn: selectRows(older, both), target: selectRows(newer, both) },
  }
}
