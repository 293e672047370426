import type { ColumnSettings } from '../../project/settings.ts'
import { eitherOf, type Text } from '../../text.ts'
import { type Field, titleFields } from '../../warehouse/schema.ts'
import { type DurationUnit, type ParsedHeader, parseHeader } from './parse-header.ts'
import { type ColumnProfile, missingTexts, profileColumn } from './profile-column.ts'
import type { Ambiguity, Sample } from './proposal.ts'

/** One column of a sample with everything that is known of it. */
export interface SampleColumn {
  readonly header: string
  readonly parsed: ParsedHeader
  readonly profile: ColumnProfile
  readonly cells: readonly string[]
}

/** A column read as a field: its settings, why, and what is still open. */
export interface MappedColumn {
  readonly settings: ColumnSettings
  readonly why: Text
  readonly ambiguities: readonly Ambiguity[]
  /** An instant that says no offset from UTC. */
  readonly needsTimeZone: boolean
}

/** The name of a column inside the list whose items are the rows, as `end` of `scenes.end`, where the record itself has none of it. */
function nameInside(header: string, { header: all, format: { explode } }: Sample): string {
  const inside = explode !== undefined && header.startsWith(`${explode}.`) ? header.slice(explode.length + 1) : header
  return inside !== header && all.includes(inside) ? header : inside
}

/** The columns of `sample`, profiled. */
export function readColumns(sample: Sample): SampleColumn[] {
  const cells = sample.header.map((_, index) => sample.rows.map((row) => row[index] ?? ''))
  const profiles = cells.map((values) => profileColumn(values))
  const isCommaFile = profiles.some((profile) => profile.number?.hasDecimalComma === true)
  return sample.header.map((header, index) => ({
    header,
    parsed: parseHeader(nameInside(header, sample)),
    cells: cells[index] ?? [],
    profile: isCommaFile
      ? profileColumn(cells[index] ?? [], missingTexts, true)
      : (profiles[index] ?? profileColumn([])),
  }))
}

const both = (en: string, zh: string): Text => ({ en, zh })
const nothing = both('', '')
const same = (written: string): Text => both(written, written)
const unitLabels: Readonly<Record<DurationUnit, Text>> = {
  seconds: both('seconds', '秒'),
  minutes: both('minutes', '分钟'),
  hours: both('hours', '小时'),
  milliseconds: both('milliseconds', '毫秒'),
  'HH:MM:SS': both('HH:MM:SS', '时:分:秒'),
  'ISO 8601': same('ISO 8601'),
  'h m s': both('hours, minutes and seconds in words', '用文字写的时分秒'),
}
const bareUnits = (['seconds', 'minutes', 'hours', 'milliseconds'] as const).map((value) => ({
  value,
  label: unitLabels[value],
}))

const misfitText = (misfits: number): Text =>
  misfits === 0 ? nothing : both(`; ${misfits} sampled values do not fit`, `；抽样中有 ${misfits} 个值不符`)

function mapDuration(
  item: Field,
  column: SampleColumn,
  answers: Readonly<Record<string, string>>,
): Omit<MappedColumn, 'needsTimeZone'> {
  const { header, parsed, profile } = column
  const shape = profile.duration
  const about = `${item.name}.unit`
  const answer = answers[about]
  const done = (unit: DurationUnit, why: Text, extra: ColumnSettings = {}): Omit<MappedColumn, 'needsTimeZone'> => ({
    settings: { from: header, unit, ...(profile.duration === undefined ? commaFormat(column) : {}), ...extra },
    why,
    ambiguities: [],
  })
  const extract = shape?.extract === undefined ? {} : { extract: shape.extract }
  if (shape?.unit !== undefined) {
    const misfits = misfitText(shape.misfits)
    return done(
      shape.unit,
      both(
        `its values are written as ${shape.unit}${misfits.en}`,
        `值的写法为${unitLabels[shape.unit].zh}${misfits.zh}`,
      ),
      extract,
    )
  }
  if (shape?.isTwoPart === true) {
    const certain = parsed.unit === 'minutes' || profile.examples.some((value) => Number(value.split(':')[0]) > 23)
    if (answer === 'MM:SS' || (answer === undefined && certain))
      return done('HH:MM:SS', both('its values are minutes and seconds', '值为分与秒'), { format: 'MM:SS' })
    if (answer === 'HH:MM') return done('HH:MM:SS', both('its values are hours and minutes', '值为小时与分钟'))
    return {
      settings: { from: header },
      why: both('12:34 can be minutes and seconds or hours and minutes', '12:34 可以是分秒，也可以是时分'),
      ambiguities: [
        {
          about,
          question: both(
            `Does “${header}” (${profile.examples.join(', ')}) hold minutes and seconds, or hours and minutes?`,
            `“${header}”（${profile.examples.join('、')}）是分与秒，还是小时与分钟？`,
          ),
          choices: [
            { value: 'MM:SS', label: both('minutes:seconds', '分:秒') },
            { value: 'HH:MM', label: both('hours:minutes', '时:分') },
          ],
          setting: eitherOf(['MM:SS', 'HH:MM'].map((value) => `--answer ${about}=${value}`)),
        },
      ],
    }
  }
  const chosen = bareUnits.find((choice) => choice.value === answer)?.value
  if (chosen !== undefined) return done(chosen, both(`${chosen}, as answered`, `按回答以${unitLabels[chosen].zh}计`))
  if (parsed.unit !== undefined)
    return done(parsed.unit, both(`the header says ${parsed.unit}`, `列名注明单位为${unitLabels[parsed.unit].zh}`))
  return {
    settings: { from: header },
    why: both('neither header nor values say the unit', '列名与值均未注明单位'),
    ambiguities: [
      {
        about,
        question: both(
          `In which unit is “${header}” (${profile.examples.join(', ')})?`,
          `“${header}”（${profile.examples.join('、')}）的单位是什么？`,
        ),
        choices: bareUnits,
        setting: eitherOf(bareUnits.map(({ value }) => `--answer ${about}=${value}`)),
      },
    ],
  }
}

function mapDate(item: Field, column: SampleColumn, answers: Readonly<Record<string, string>>): MappedColumn {
  const { header, profile } = column
  const date = profile.date ?? profile.firstDate?.date
  if (date === undefined) {
    return {
      settings: { from: header },
      why: both('no sampled value to tell the format from', '没有可判断格式的抽样值'),
      ambiguities: [],
      needsTimeZone: item.type === 'instant',
    }
  }
  const about = `${item.name}.format`
  const choices = [date.format, ...(date.alternative === undefined ? [] : [date.alternative])].map((format) => ({
    value: format,
    label: same(format),
  }))
  const answer = choices.find((choice) => choice.value === answers[about])?.value
  const misfits = misfitText(date.misfits)
  return {
    settings: {
      from: header,
      format: answer ?? date.format,
      ...(profile.date === undefined && profile.firstDate ? { extract: profile.firstDate.extract } : {}),
    },
    why: both(
      `its values are written as ${answer ?? date.format}${misfits.en}`,
      `值的格式为 ${answer ?? date.format}${misfits.zh}`,
    ),
    needsTimeZone: item.type === 'instant' && !date.hasOffset,
    ambiguities:
      choices.length < 2 || answer !== undefined
        ? []
        : [
            {
              about,
              question: both(
                `Does “${header}” (${profile.examples.join(', ')}) start with the day or the month?`,
                `“${header}”（${profile.examples.join('、')}）是日在前还是月在前？`,
              ),
              choices,
              setting: eitherOf(choices.map(({ value }) => `--answer '${about}=${value}'`)),
            },
          ],
  }
}

function mapNumber(item: Field, column: SampleColumn): ColumnSettings {
  const { header, parsed, profile } = column
  const shape = profile.number
  const isPoints = item.name === 'value'
  const written = shape?.hasMultiple === true ? undefined : parsed.scale
  const scale = shape?.isPercent || parsed.isPercent ? (isPoints ? undefined : 0.01) : written
  return {
    from: header,
    ...(shape?.extract === undefined ? {} : { extract: shape.extract }),
    ...(scale === undefined || scale === 1 ? {} : { scale }),
    ...commaFormat(column),
  }
}

const commaFormat = ({ profile }: SampleColumn): ColumnSettings =>
  profile.number?.hasDecimalComma === true ? { format: 'decimal comma' } : {}

/** Reads `column` as `item`: the settings that its header and values call for. */
export function mapColumn(item: Field, column: SampleColumn, answers: Readonly<Record<string, string>>): MappedColumn {
  const { header, profile } = column
  if (item.type === 'duration') return { ...mapDuration(item, column, answers), needsTimeZone: false }
  if (item.type === 'instant' || item.type === 'date') return mapDate(item, column, answers)
  const rest = { ambiguities: [], needsTimeZone: false }
  if (item.type === 'number') {
    const settings = mapNumber(item, column)
    const misfits = misfitText(profile.number?.misfits ?? 0)
    const comma = profile.number?.hasDecimalComma === true
    const scaled =
      settings.scale === undefined ? nothing : both(`, times ${settings.scale}`, `，乘以 ${settings.scale}`)
    return {
      settings,
      why: both(
        `its values are numbers${comma ? ' with a decimal comma' : ''}${scaled.en}${misfits.en}`,
        `值为数字${comma ? '（逗号为小数点）' : ''}${scaled.zh}${misfits.zh}`,
      ),
      ...rest,
    }
  }
  if (item.type === 'integer') {
    const isQuantity = !titleFields.some(({ name }) => name === item.name)
    const isNumber = profile.number !== undefined && profile.number.misfits === 0
    return {
      settings: isNumber || isQuantity ? { from: header, ...commaFormat(column) } : { from: header, extract: '(\\d+)' },
      why: both('its values hold whole numbers', '值含整数'),
      ...rest,
    }
  }
  if (item.type === 'list') {
    const separator = profile.separator
    const why =
      separator === undefined
        ? both('one item a row', '每行一项')
        : separator === 'json'
          ? profile.isNames
            ? both('a JSON list of objects, of which the name is taken', 'JSON 对象列表，取其 name')
            : both('a JSON list', 'JSON 列表')
          : separator === ' '
            ? both('a list separated by spaces', '以空格分隔的列表')
            : both(`a list separated by ${separator}`, `以 ${separator} 分隔的列表`)
    return { settings: { from: header, ...(separator === undefined ? {} : { separator }) }, why, ...rest }
  }
  return { settings: { from: header }, why: both('its values fit', '值相符'), ...rest }
}
