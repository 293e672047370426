/** A function that statements may use on every engine, with what it is there; an engine that is left out has it built in. */
interface SharedFunction {
  readonly parameters: Readonly<Record<string, 'STRING' | 'BINARY' | 'BIGINT' | 'DOUBLE' | 'DATE' | 'TIMESTAMP'>>
  readonly returns: string
  readonly duckdb?: string
  readonly spark?: string
}

const date = '[0-9]{1,5}[-/][0-9]{1,2}[-/][0-9]{1,2}'
const clock = '[0-9]{1,2}:[0-5]?[0-9](?::[0-5]?[0-9](?:[.][0-9]+)?)?'
const instant = `'^(${date}[T ] *${clock}) *(?:Z|z|UTC|GMT|([+-][0-9]{1,2}):?([0-9]{2})?)$'`
const offsetHours = `try_cast(regexp_extract(text, ${instant}, 2) AS BIGINT)`
const offsetMinutes = `coalesce(try_cast(regexp_extract(text, ${instant}, 3) AS BIGINT), 0)`
const offsetSeconds = `coalesce(${offsetHours} * 3600 + CASE WHEN regexp_extract(text, ${instant}, 2) LIKE '-%' THEN -60 ELSE 60 END * ${offsetMinutes}, 0)`

const quoted = `"(?:[^"\\\\]|\\\\.)*"|''(?:[^''\\\\]|\\\\.)*''`
const nameInJson = `'["'']name["'']\\s*:\\s*(${quoted})'`
const unquotedOnSpark = "regexp_replace(substr(item, 2, length(item) - 2), '\\\\(.)', '$1')"

/**
 * What the engines' own functions do not agree on. Texts are written as in all statements: a backslash stands for itself.
 * Patterns keep to what RE2 and Java read alike; `\1` is the first group in replacements.
 */
export const sharedFunctions: Readonly<Record<string, SharedFunction>> = {
  regexp_matches: {
    parameters: { text: 'STRING', pattern: 'STRING' },
    returns: 'BOOLEAN',
    spark: 'text RLIKE pattern',
  },
  /** Every match of `pattern` replaced. */
  replace_pattern: {
    parameters: { text: 'STRING', pattern: 'STRING', replacement: 'STRING' },
    returns: 'STRING',
    duckdb: "regexp_replace(text, pattern, replacement, 'g')",
    spark: "regexp_replace(text, pattern, regexp_replace(replacement, '\\\\([0-9])', '\\$$1'))",
  },
  /** Without the `characters` around it. */
  btrim: {
    parameters: { text: 'STRING', characters: 'STRING' },
    returns: 'STRING',
    duckdb: 'trim(text, characters)',
  },
  utf8_bytes: {
    parameters: { text: 'STRING' },
    returns: 'BINARY',
    duckdb: 'encode(text)',
    spark: "encode(text, 'UTF-8')",
  },
  /** 64 hexadecimal digits. */
  sha256: {
    parameters: { text: 'STRING' },
    returns: 'STRING',
    spark: 'sha2(text, 256)',
  },
  /** `sha256` of bytes. */
  sha256_bytes: {
    parameters: { bytes: 'BINARY' },
    returns: 'STRING',
    duckdb: 'sha256(bytes)',
    spark: 'sha2(bytes, 256)',
  },
  /** The number that the first 63 bits of at least 16 hexadecimal digits stand for. */
  first_63_bits: {
    parameters: { digits: 'STRING' },
    returns: 'BIGINT',
    duckdb: "CAST(CAST(concat('0x', left(digits, 16)) AS UBIGINT) >> 1 AS BIGINT)",
    spark: 'CAST(CAST(conv(left(digits, 16), 16, 10) AS DECIMAL(20, 0)) div 2 AS BIGINT)',
  },
  /** The number that at most 15 hexadecimal digits stand for. */
  hex_number: {
    parameters: { digits: 'STRING' },
    returns: 'BIGINT',
    duckdb: "CAST(concat('0x', digits) AS BIGINT)",
    spark: 'CAST(conv(digits, 16, 10) AS BIGINT)',
  },
  /** A number with a point, perhaps with an exponent; NULL for any other text. */
  read_number: {
    parameters: { text: 'STRING' },
    returns: 'DOUBLE',
    duckdb: "CASE WHEN NOT contains(text, '_') THEN try_cast(text AS DOUBLE) END",
    spark:
      "try_cast(NULLIF(regexp_extract(text, '^ *[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)? *$', 0), '') AS DOUBLE)",
  },
  /** `value`, or NULL where it does not lie between `low` and `high`. */
  within: {
    parameters: { value: 'DOUBLE', low: 'DOUBLE', high: 'DOUBLE' },
    returns: 'DOUBLE',
    duckdb: 'CASE WHEN value BETWEEN low AND high THEN value END',
    spark: 'CASE WHEN value BETWEEN low AND high THEN value END',
  },
  /** The items of a list in JSON, or as Python prints it, joined by `|`: texts, or the `name` of each object. */
  json_items: {
    parameters: { text: 'STRING' },
    returns: 'STRING',
    duckdb: `array_to_string(CASE WHEN contains(text, '{')
      THEN list_transform(regexp_extract_all(text, ${nameInJson}, 1), lambda item: regexp_replace(item[2:-2], '\\\\(.)', '\\1', 'g'))
      ELSE try_cast(regexp_replace(text, '([\\[,]\\s*)u(["''])', '\\1\\2', 'g') AS VARCHAR[]) END, '|')`,
    spark: `array_join(CASE
      WHEN contains(text, '{') THEN transform(regexp_extract_all(text, ${nameInJson}, 1), item -> ${unquotedOnSpark})
      WHEN text RLIKE '^ *\\[.*["''].*\\] *$' THEN transform(regexp_extract_all(text, '${quoted}', 0), item -> ${unquotedOnSpark})
      WHEN text RLIKE '^ *\\[.*\\] *$' THEN split(btrim(text, ' []'), ' *, *') END, '|')`,
  },
  /** Seconds since 1970, with fractions. */
  epoch: {
    parameters: { moment: 'TIMESTAMP' },
    returns: 'DOUBLE',
    spark: 'unix_micros(moment) / 1e6D',
  },
  timestamp_micros: {
    parameters: { microseconds: 'BIGINT' },
    returns: 'TIMESTAMP',
    duckdb: 'make_timestamp(microseconds)',
  },
  days_between: {
    parameters: { first: 'DATE', last: 'DATE' },
    returns: 'BIGINT',
    duckdb: "datediff('day', first, last)",
    spark: 'CAST(datediff(last, first) AS BIGINT)',
  },
  /** The instant of a local time; NULL for one that a daylight-saving change skips. */
  utc_of: {
    parameters: { moment: 'TIMESTAMP', zone: 'STRING' },
    returns: 'TIMESTAMP',
    duckdb:
      "CASE WHEN timezone(zone, timezone(zone, moment)) = moment THEN timezone('UTC', timezone(zone, moment)) END",
    spark:
      'CASE WHEN from_utc_timestamp(to_utc_timestamp(moment, zone), zone) = moment THEN to_utc_timestamp(moment, zone) END',
  },
  /** A date in the order of ISO 8601, perhaps with slashes or followed by a time. */
  read_date: {
    parameters: { text: 'STRING' },
    returns: 'DATE',
    duckdb: "CASE WHEN text >= '0' AND text < ':' THEN try_cast(text AS DATE) END",
    spark: `try_cast(replace(regexp_extract(text, '^${date}(?![0-9])', 0), '/', '-') AS DATE)`,
  },
  /** As `read_date`, with a time; without an offset. */
  read_timestamp: {
    parameters: { text: 'STRING' },
    returns: 'TIMESTAMP',
    duckdb: "CASE WHEN text >= '0' AND text < ':' THEN try_cast(text AS TIMESTAMP) END",
    spark: `try_cast(replace(regexp_extract(text, '^${date}(?:[T ] *${clock})?$', 0), '/', '-') AS TIMESTAMP)`,
  },
  /** With an offset in digits where the text ends in Z, UTC or GMT, and no space before it. */
  numeric_offset: {
    parameters: { text: 'STRING' },
    returns: 'STRING',
    duckdb: "regexp_replace(regexp_replace(text, ' *(Z|UTC|GMT)$', '+00:00', 'i'), ' +([+-][0-9:]+)$', '\\1')",
    spark: "regexp_replace(regexp_replace(text, '(?i) *(Z|UTC|GMT)$', '+00:00'), ' +([+-][0-9:]+)$', '$1')",
  },
  /** As `read_timestamp`, with an offset from UTC, or Z, UTC or GMT. Spark's cast knows the usual ones. */
  read_instant: {
    parameters: { text: 'STRING' },
    returns: 'TIMESTAMP',
    duckdb: `timezone('UTC', coalesce(try_cast(numeric_offset(text) AS TIMESTAMPTZ), try_strptime(numeric_offset(text), ['%Y-%m-%d %H:%M%z', '%Y-%m-%dT%H:%M%z'])))`,
    spark: `coalesce(try_cast(replace(regexp_extract(text, ${instant}, 0), '/', '-') AS TIMESTAMP),
      timestamp_micros(unix_micros(read_timestamp(regexp_extract(text, ${instant}, 1))) - ${offsetSeconds} * 1000000))`,
  },
}
