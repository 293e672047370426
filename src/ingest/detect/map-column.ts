import type { ColumnSettings } from '../../project/settings.ts'
import { eitherOf, type Text } from '../../text.ts'
import type { Field } from '../../warehouse/schema.ts'
import { type DurationUnit, type ParsedHeader, parseHeader } from './parse-header.ts'
import { type ColumnProfile, profileColumn } from './profile-column.ts'
import type { Ambiguity, Sample } from './proposal.ts'

/** One column of a sample with everything that is known of it. */
export interface SampleColumn {
  readonly header: string
  readonly parsed: ParsedHeader
  readonly profile: ColumnProfile
}

/** A column read as a field: its settings, why, and what is still open. */
export interface MappedColumn {
  readonly settings: ColumnSettings
  readonly why: Text
  readonly ambiguities: readonly Ambiguity[]
  /** An instant that says no offset from UTC. */
  readonly needsTimeZone: boolean
}

/** The columns of `sample`, profiled. */
export function readColumns(sample: Sample): SampleColumn[] {
  return sample.header.map((header, index) => ({
    header,
    parsed: parseHeader(header),
    profile: profileColumn(sample.rows.map((row) => row[index] ?? '')),
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
}
const bareUnits = (['seconds', 'minutes', 'hours', 'milliseconds'] as const).map((value) => ({
  value,
  label: unitLabels[value],
}))

/** How far the values of a column can be the field's, 0 to 1. */
export function judgeValues(item: Field, { profile, parsed }: SampleColumn): number {
  if (profile.filled === 0) return 0.6
  if (profile.isObjects) return 0.1
  const isNumber = profile.number !== undefined
  switch (item.type) {
    case 'duration':
      return profile.duration !== undefined || (isNumber && profile.date === undefined) ? 1 : 0
    case 'instant':
    case 'date':
      if (item.type === 'date' && profile.firstDate !== undefined) return 1
      return profile.date === undefined || (item.type === 'date' && profile.date.format.startsWith('unix')) ? 0.1 : 1
    case 'number':
      return isNumber ? 1 : 0.1
    case 'boolean':
      return profile.isBoolean ? 1 : 0.1
    case 'integer':
      if (item.name === 'year') {
        return profile.integers > 0.8 && profile.minimum > 1850 && profile.maximum < 2101 ? 1 : 0.1
      }
      if (profile.integers > 0.6)
        return profile.maximum > 5000 && item.name !== 'likes' && item.name !== 'billing' ? 0.4 : 1
      return item.name === 'season' || item.name === 'episode'
        ? profile.examples.every((value) => /^\D{0,8}\d{1,4}\D{0,2}$/.test(value))
          ? 0.9
          : 0.1
        : 0.1
    case 'identity':
      return isNumber && profile.integers < 0.5 ? 0.2 : profile.date?.hasTime && profile.integers < 0.5 ? 0.2 : 1
    case 'list':
      return isNumber ? 0.2 : 1
    case 'text': {
      if (item.name === 'title_id') return profile.length > 40 ? 0.3 : isNumber && profile.integers < 0.5 ? 0.2 : 1
      if (item.name === 'title_type') return profile.separator === undefined && profile.distinct <= 20 ? 1 : 0.3
      if (item.name === 'label') return profile.distinct <= 20 ? 1 : 0.3
      if (/^(device|region|channel|measure|period|play_id|category|campaign|character|person|role)$/.test(item.name))
        return isNumber && profile.integers < 0.5 ? 0.2 : 1
      if (parsed.unit !== undefined && isNumber) return 0.2
      if (item.name === 'text') return isNumber || profile.date !== undefined ? 0.2 : profile.length < 2 ? 0.5 : 1
      return profile.date !== undefined && isNumber
        ? 0.2
        : isNumber && profile.number?.misfits === 0 && profile.filled > 3
          ? 0.4
          : 1
    }
  }
}

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
    settings: { from: header, unit, ...extra },
    why,
    ambiguities: [],
  })
  const extract = shape?.extract === undefined ? {} : { extract: shape.extract }
  if (shape?.unit !== undefined && profile.number === undefined) {
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
  const scale = shape?.scale ?? (shape?.isPercent || parsed.isPercent ? (isPoints ? undefined : 0.01) : parsed.scale)
  return {
    from: header,
    ...(shape?.extract === undefined ? {} : { extract: shape.extract }),
    ...(scale === undefined || scale === 1 ? {} : { scale }),
    ...(shape?.hasDecimalComma === true ? { format: 'decimal comma' } : {}),
  }
}

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
    const isClean = profile.examples.every((value) => /^[-+]?\d+$/.test(value))
    return {
      settings: isClean ? { from: header } : { from: header, extract: '(\\d+)' },
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
          ? both('a JSON list', 'JSON 列表')
          : separator === ' '
            ? both('a list separated by spaces', '以空格分隔的列表')
            : both(`a list separated by ${separator}`, `以 ${separator} 分隔的列表`)
    return { settings: { from: header, ...(separator === undefined ? {} : { separator }) }, why, ...rest }
  }
  return { settings: { from: header }, why: both('its values fit', '值相符'), ...rest }
}
