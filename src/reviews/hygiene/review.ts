/** What is known of one review beside its words. */
export interface Review {
  /** Decimal text. */
  readonly titleId: string
  /** The series of an episode, else the title itself. */
  readonly workId: string
  /** Decimal text; null where the source does not tell. */
  readonly viewerId: string | null
  /** Hours since 1970, with fractions; null where unknown. */
  readonly hour: number | null
  /** As the source writes it. */
  readonly rating: number | null
  /** 1 and -1 for the marks at the ends of the scale, 0 between; null without a mark. */
  readonly extreme: -1 | 0 | 1 | null
  /** Null between favourable and unfavourable, and without a mark. */
  readonly isFavourable: boolean | null
  /** Equal for texts of equal words; null without any word. */
  readonly text: number | null
  /** Number of the text in `NearDuplicates`; null where it is too short or one too many. */
  readonly near: number | null
  readonly source: string
  readonly file: string
  readonly line: number
}

/** By source, file and line. */
export function compareOrigin(a: Review, b: Review): number {
  if (a.source !== b.source) return a.source < b.source ? -1 : 1
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line
}

/** The earliest first; those without a time last. */
export function compareTime(a: Review, b: Review): number {
  return (a.hour ?? Number.POSITIVE_INFINITY) - (b.hour ?? Number.POSITIVE_INFINITY) || compareOrigin(a, b)
}

/** How many known viewers wrote `reviews`. */
export function viewersOf(reviews: readonly Review[]): number {
  return new Set(reviews.flatMap(({ viewerId }) => viewerId ?? [])).size
}
