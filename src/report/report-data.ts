import type { DriftRow } from '../quality/drift.ts'
import type { FileLedger } from '../quality/ledger.ts'
import type { Locale, Text } from '../text.ts'
import type { Kind } from '../warehouse/schema.ts'

/** First and last day, both included, as YYYY-MM-DD. */
export interface Period {
  readonly from: string
  readonly to: string
}

/** One headline number. */
export interface KeyFigure {
  readonly label: Text
  /** Null: not known, shown as a dash. A share is a share of 1. */
  readonly value: number | null
  readonly unit: 'count' | 'minutes' | 'share'
}

export interface Reason {
  readonly dimension: 'source' | 'region' | 'episode' | 'title'
  readonly value: string
  readonly share: number
}

export interface HotRow {
  readonly name: string
  /** Time-decayed viewer-minutes. */
  readonly volumeMinutes: number
  /** Change against the previous period as a share of 1 (0.34 is +34%), with its 90% interval; null: nothing to compare. */
  readonly growth: number | null
  readonly growthLow: number | null
  readonly growthHigh: number | null
  /** The interval leaves out no change at all. */
  readonly significant: boolean
  readonly rank: number
  /** Null: new on the list. */
  readonly rankBefore: number | null
  /** What contributed most of the change, largest share (of 1) first. */
  readonly why: readonly Reason[]
}

export interface HotList {
  readonly period: Period
  readonly previous: Period | null
  /** Best first. */
  readonly rows: readonly HotRow[]
  /** How many there are in all when `rows` holds only the best; `rows.length` unless set. */
  readonly total?: number
}

export interface DailyMinutes {
  readonly source: string
  readonly days: readonly { readonly day: string; readonly minutes: number }[]
}

export interface Breakdown {
  readonly dimension: 'genre' | 'device' | 'region'
  readonly rows: readonly { readonly name: string | Text; readonly minutes: number }[]
}

export interface ReachRow {
  readonly name: string
  /** Viewers above the reach threshold. */
  readonly reach: number
  /** Share of 1. */
  readonly completion: number
  readonly minutes: number
}

export interface RetentionCurve {
  readonly name: string
  /** Share of the starting audience still there at that minute of the programme. */
  readonly points: readonly { readonly minute: number; readonly share: number }[]
}

export interface AudienceData {
  readonly period: Period
  /** Of days and hours. */
  readonly timeZone: string
  readonly reachMinutes: number
  readonly completionShare: number
  readonly daily: readonly DailyMinutes[]
  readonly breakdowns: readonly Breakdown[]
  /** `weekday` 1 (Monday) to 7 (Sunday), `hour` 0 to 23; a missing cell is 0 minutes. */
  readonly hours: readonly { readonly weekday: number; readonly hour: number; readonly minutes: number }[]
  readonly reach: readonly ReachRow[]
  readonly retention: readonly RetentionCurve[]
}

/** What viewers of one film or episode react to, and when. */
export interface TitleMoments {
  readonly name: string
  /** From 0 on; `share` is that of the largest audience of a minute, null where positions are unknown. */
  readonly minutes: readonly { readonly comments: number; readonly share: number | null }[]
  /** The strongest first. */
  readonly moments: readonly {
    readonly reaction: 'comments' | 'replays' | 'skips' | 'drop-offs'
    readonly startSeconds: number
    readonly endSeconds: number
    /** As `0:12:30–0:13:05`. */
    readonly place: string
    /** Times what is usual around it. */
    readonly strength: number
    readonly viewers: number
    readonly words: readonly string[]
    /** Where it happens and who is there, as far as a source tells. */
    readonly scene: readonly string[]
  }[]
}

/** What opinions in reviews go with, and what could be better in some titles. All shares are of 1. */
export interface AdviceData {
  readonly drivers: readonly {
    readonly outcome: Text
    readonly observations: number
    /** Share of the variance that all aspects explain. */
    readonly explained: number
    /** The most important first. */
    readonly rows: readonly {
      readonly name: Text
      /** Reviews that judge the aspect, and their mean opinion from -1 to 1. */
      readonly mentions: number
      readonly satisfaction: number
      /** Share of the variance, with its 95 % interval. */
      readonly importance: number
      readonly importanceLow: number
      readonly importanceHigh: number
      /** How much more of the scale comes with an opinion that is better by 1, with its 95 % interval. */
      readonly effect: number
      readonly effectLow: number
      readonly effectHigh: number
    }[]
  }[]
  readonly titles: readonly {
    readonly name: string
    readonly reviews: number
    /** The largest expected gain first. */
    readonly suggestions: readonly {
      /** In short what it is about. */
      readonly label: Text
      readonly advice: Text
      /** As a share of the scale, with its 95 % interval. */
      readonly gain: number
      readonly gainLow: number
      readonly gainHigh: number
      readonly verdict: Text
      readonly quotes: readonly string[]
    }[]
  }[]
}

/** What viewers talk about, and of whom, in a film or series. */
export interface TitleTalk {
  readonly name: string
  /** Whether its words are compared with those of other titles. */
  readonly isCompared: boolean
  /** Shares of 1, of the viewers who wrote; `elsewhere` null where there is nothing to compare with. The surest first. */
  readonly words: readonly {
    readonly word: string
    readonly viewers: number
    readonly share: number
    readonly elsewhere: number | null
    readonly quote: string | null
  }[]
  /** The most spoken of first. */
  readonly figures: readonly {
    readonly name: string
    readonly kind: 'character' | 'person'
    readonly viewers: number
    /** Share of 1 of the viewers who name anybody, with its 90 % interval. */
    readonly voice: number
    readonly low: number
    readonly high: number
    /** Share of 1 of the viewers whose reviews judge them; null where none does. */
    readonly favourable: number | null
  }[]
  /** Names of `figures` that viewers give in one text. */
  readonly pairs: readonly { readonly left: string; readonly right: string; readonly viewers: number }[]
}

/** What is said in the reviews of a film or series. */
export interface ReviewedTitle {
  readonly name: string
  /** Share of the favourable ones among those that are favourable or unfavourable, with its 95 % interval. */
  readonly favourable: number
  readonly low: number
  readonly high: number
  readonly positive: number
  readonly negative: number
  readonly unsure: number
  readonly notJudged: number
}

/** Reviews that may not speak for a viewer of their own. */
export interface HygieneData {
  readonly reviews: number
  readonly flagged: number
  readonly leftOut: number
  /** At least one where any review is flagged; a review may have several. */
  readonly reasons: readonly { readonly name: Text; readonly reviews: number; readonly isLeftOut: boolean }[]
  /** What leaving reviews out changes, those titles with most left out first. */
  readonly effects: readonly {
    readonly name: string
    readonly source: string
    readonly leftOut: number
    /** Share of the favourable ones among those with favourable or unfavourable marks; the change with its 95 % interval. */
    readonly before: number
    readonly after: number
    readonly change: number
    readonly low: number
    readonly high: number
    /** Mean mark on the scale of the source; null where there are none. */
    readonly marks: { readonly before: number; readonly after: number } | null
  }[]
}

/** The titles that the raters of one source like best, best first. */
export interface RatingList {
  readonly source: string
  readonly rows: readonly {
    readonly name: string
    readonly count: number
    readonly mean: number
    /** Mean, shrunk to that of the source by the number of ratings. */
    readonly shrunk: number
  }[]
}

/** One list that a station, platform or chart published itself, in its own measure. */
export interface PublishedList {
  readonly name: Text
  readonly source: string
  readonly measure: Text
  /** As the source writes it. */
  readonly period: string
  readonly rows: readonly {
    readonly rank: number
    readonly rankBefore: number | null
    readonly name: string
    /** Null where the source gives ranks only. */
    readonly value: number | null
  }[]
  readonly total?: number
}

export interface BoxOfficeData {
  /** ISO 4217; null when the source does not say. */
  readonly currency: string | null
  readonly source: string
  readonly rows: readonly {
    readonly name: string
    readonly year: number | null
    readonly budget: number | null
    readonly gross: number
  }[]
}

export interface DriftItem {
  readonly table: string
  readonly source: string
  readonly column: string | null
  readonly measure: DriftRow['measure']
  /** The category that appeared or disappeared. */
  readonly value: string | null
  readonly before: number | null
  readonly now: number | null
  /** Of rows a share of 1, of the share missing a difference, of a distribution the stability index. */
  readonly change: number | null
  readonly level: Exclude<DriftRow['level'], 'none'>
}

export interface QualityData {
  /** Instant of the build, ISO 8601 in UTC. */
  readonly builtAt: string
  readonly ledger: readonly FileLedger[]
  readonly completeness: readonly {
    readonly source: string
    readonly table: string
    readonly column: string
    readonly rows: number
    /** Rows with a value, as a share of 1. */
    readonly share: number
  }[]
  /** Contracts of `marquee.yaml`. */
  readonly expectations: readonly {
    readonly table: string
    readonly source: string | null
    readonly column: string | null
    readonly measure: string
    readonly value: number | null
    readonly minimum: number | null
    readonly maximum: number | null
    readonly passed: boolean
    readonly severity: 'fail' | 'warn'
  }[]
  /** Null: there is no previous build to compare with. */
  readonly drift: { readonly compared: number; readonly changed: readonly DriftItem[] } | null
}

export interface SourceData {
  readonly name: string
  readonly kind: Kind
  /** Accepted rows. */
  readonly rows: number
  readonly period: Period | null
  readonly files: readonly string[]
  /** Field to the column, constant or rule that it comes from. */
  readonly mapping: readonly { readonly field: string; readonly from: string }[]
  readonly timeZone: string | null
  readonly priority: number
}

/** All that the report shows. Null or an empty list: it was not measured, and the section says so. */
export interface ReportData {
  /** Name of the project. */
  readonly project: string
  /** Language that the page opens in unless its reader chose another. */
  readonly locale: Locale
  /** ISO 8601 in UTC. */
  readonly writtenAt: string
  readonly isSimulated: boolean
  readonly period: Period | null
  readonly keyFigures: readonly KeyFigure[]
  /** Sentences to open with, beside those that the report finds itself. */
  readonly findings: readonly Text[]
  readonly hot: {
    readonly titles: HotList | null
    readonly actors: HotList | null
    readonly directors: HotList | null
    readonly genres: HotList | null
  }
  readonly audience: AudienceData | null
  readonly moments: readonly TitleMoments[]
  readonly advice: AdviceData | null
  /** The most favourable first. */
  readonly reviews: readonly ReviewedTitle[]
  /** What is to be known of how these were judged. */
  readonly reviewNotes: readonly Text[]
  readonly hygiene: HygieneData | null
  readonly talk: readonly TitleTalk[]
  readonly ratings: readonly RatingList[]
  readonly published: readonly PublishedList[]
  readonly boxOffice: BoxOfficeData | null
  readonly quality: QualityData | null
  readonly sources: readonly SourceData[]
}
