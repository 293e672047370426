import { z } from 'zod'
import { textLike } from '../describe-issue.ts'
import { rules, severities } from '../quality/rules.ts'
import { reviewFlags } from '../warehouse/review-flags.ts'
import { kinds } from '../warehouse/schema.ts'

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'shift_jis', 'euc-kr', 'latin1'] as const
export const fileFormats = ['delimited', 'json', 'jsonl', 'parquet'] as const
export const durationUnits = ['hours', 'minutes', 'seconds', 'milliseconds', 'HH:MM:SS', 'ISO 8601', 'h m s'] as const

/** How the bytes of a file become records of named text values. */
export const formatSettings = z.strictObject({
  type: z.enum(fileFormats).default('delimited'),
  encoding: z.enum(encodings).default('utf-8'),
  delimiter: z.string().min(1).max(4).default(','),
  /** Empty: the file does not quote. */
  quote: z.string().max(1).default('"'),
  /** Without a header the columns are named by `names`. */
  header: z.boolean().default(true),
  names: z.array(z.string().min(1)).optional(),
  /** Lines before the header. */
  skip: z.int().min(0).default(0),
  /** JSON: the path to the array of records, as in `data.episodes`; empty for the top level. */
  records: z.string().optional(),
  /** JSON: a list inside each record that gives one row an item, as in `cast`; the item itself is the column of that name. */
  explode: z.string().optional(),
  /** Wide tables: these columns become rows; their headers go to `key` and their cells to `value`. Empty cells give no row. */
  unpivot: z
    .strictObject({
      columns: z.string().meta({ description: 'A regular expression that the headers match' }),
      key: z.string(),
      value: z.string(),
    })
    .optional(),
  /** Texts that stand for a missing value, beside the empty one. */
  missing: z.array(z.string()).default([]),
})
export type FormatSettings = z.output<typeof formatSettings>

/** Where a field's value comes from. */
export const columnSettings = z.strictObject({
  /** The column's header; or `value`, one constant for all rows. */
  from: z.string().optional(),
  value: z.string().optional(),
  /** Of instants: the column of the day, where `from` holds the time of day only; `format` is that of both, a space between. */
  day: z.string().optional(),
  unit: z.enum(durationUnits).optional(),
  /** Of instants and dates: a strptime pattern, 'ISO 8601', 'unix seconds' or 'unix milliseconds'. */
  format: z.string().optional(),
  /** Of lists. */
  separator: z.string().optional(),
  /** Of numbers: what the value is multiplied with. */
  scale: z.number().optional(),
  /** A regular expression whose first group is the value. */
  extract: z.string().optional(),
})
export type ColumnSettings = z.output<typeof columnSettings>

export const sourceName = textLike(/^[\p{L}\p{N}_-]+$/u, {
  en: 'may hold letters, digits, _ and - only',
  zh: '只能包含字母、数字、_ 与 -',
})

export const sourceSettings = z.strictObject({
  name: sourceName,
  kind: z.enum(kinds),
  /** Paths or globs, relative to the project folder. */
  files: z.array(z.string()).min(1),
  preset: z.string().optional(),
  format: formatSettings.prefault({}),
  /** IANA name; needed where instants are written without an offset. */
  timeZone: z.string().optional(),
  columns: z.record(z.string(), columnSettings),
  /** Headers that are read past on purpose. They still tell rows apart. */
  ignore: z.array(z.string()).default([]),
  /** Fields a row cannot do without, beside those of its kind. */
  required: z.array(z.string()).default([]),
  /** Which sources share title ids; the source's own name unless set. */
  titleIds: z.string().optional(),
  /** Which sources share viewer ids; the source's own name unless set. */
  viewerIds: z.string().optional(),
  /** Of two reports of one play the source with the higher priority is kept. */
  priority: z.number().default(0),
})
export type SourceSettings = z.output<typeof sourceSettings>

const ruleIds = rules.map((rule) => rule.id)

export const expectation = z.strictObject({
  source: z.string().optional(),
  table: z.string(),
  column: z.string().optional(),
  measure: z.enum(['completeness', 'validity', 'uniqueness', 'rows', 'age_days', 'accepted_share']),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  /** Fail the build, or only say so. */
  severity: z.enum(['fail', 'warn']).default('warn'),
})

const words = z.array(z.string().min(1)).default([])

/** Something that reviews judge, and the words that it is known by. */
export const aspectSettings = z.strictObject({
  /** As it is called in answers. One that is there already gets these words as well. */
  name: z.string().regex(/^[^@:;]+$/),
  label: z.strictObject({ en: z.string(), zh: z.string() }).optional(),
  /** Words and phrases that mention it. */
  terms: words,
  /** Words that are good, or bad, to say of it, though they judge nothing elsewhere. */
  good: words,
  bad: words,
  /** Words that mention it and judge it at once. */
  praise: words,
  complaints: words,
})
export type AspectSettings = z.output<typeof aspectSettings>

/** A file of aspects for reviews of something else than film and television. */
export const taxonomySettings = z.strictObject({
  /** The aspect of what is said of nothing in particular. */
  whole: z.string().default('overall'),
  aspects: z.array(aspectSettings),
})

/** `marquee.yaml`. */
export const projectSettings = z.strictObject({
  version: z.literal(1).default(1),
  /** The data are made up; the report says so. */
  isSimulated: z.boolean().default(false),
  sources: z.array(sourceSettings).default([]),
  /** A CSV file with the columns source, viewer, person: the only way in which viewers of different sources become one. */
  identities: z.string().optional(),
  /** A CSV file with the columns source, viewer: who objects to personal recommendation, is not learned from and gets the list that is the same for everybody. */
  objections: z.string().optional(),
  rules: z
    .partialRecord(
      z.enum(ruleIds as [string, ...string[]]),
      z.strictObject({
        severity: z.enum(severities).optional(),
        parameters: z.record(z.string(), z.number()).optional(),
      }),
    )
    .default({}),
  expectations: z.array(expectation).default([]),
  titles: z
    .strictObject({ accept: z.number().min(0).max(1).default(0.92), review: z.number().min(0).max(1).default(0.75) })
    .prefault({}),
  audience: z
    .strictObject({
      /** People in the measured population, by region; `all` for the whole. */
      universe: z.record(z.string(), z.number().positive()).default({}),
      reachMinutes: z.number().positive().default(3),
      completionShare: z.number().min(0).max(1).default(0.9),
    })
    .prefault({}),
  reviews: z
    .strictObject({
      /** Aspects beside those of film and television. */
      aspects: z.array(aspectSettings).default([]),
      /** A YAML file of aspects in place of those of film and television. */
      taxonomy: z.string().optional(),
      sentiment: z.string().min(1).default('stars').meta({
        description:
          "A model file of `marquee sentiment train`; stars: what the project's own reviews with marks or labels teach, opinion words where they are too few; lexicon: opinion words alone; none: reviews are not judged",
      }),
      leaveOut: z.array(z.enum(reviewFlags)).default([]).meta({
        description:
          'Flags of `marquee reviews check`: reviews with one of them are left out of the tables that are made of the texts of reviews',
      }),
    })
    .prefault({}),
  engine: z.enum(['duckdb', 'spark']).default('duckdb'),
  spark: z
    .strictObject({
      /** As in `sc://host:15002;token=...;use_ssl=true`. */
      address: textLike(/^sc:\/\/./, {
        en: 'must be an address as in sc://host:15002',
        zh: '应为地址，如 sc://host:15002',
      }),
    })
    .optional(),
  memory: textLike(/^\d+(\.\d+)?\s?[KMGT]i?B$/, {
    en: 'must be a size as in 2GiB',
    zh: '应为容量，如 2GiB',
  }).optional(),
  threads: z.int().positive().optional(),
})
export type ProjectSettings = z.output<typeof projectSettings>
