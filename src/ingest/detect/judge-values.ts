import type { Field } from '../../warehouse/schema.ts'
import type { SampleColumn } from './map-column.ts'

/** How far the values of a column can be the field's, 0 to 1. */
export function judgeValues(item: Field, { profile, parsed }: SampleColumn): number {
  if (profile.filled === 0) return 0.6
  if (profile.isObjects) return item.type === 'list' && profile.isNames ? 1 : 0.1
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
      if (item.name === 'likes' || item.name === 'billing') return isNumber ? 1 : 0.1
      if (profile.integers > 0.6) return profile.maximum > 5000 ? 0.4 : 1
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
      if (profile.isLink) return item.name === 'title_id' ? 0.5 : 0.1
      if (item.name === 'period') return profile.date === undefined ? 1 : 0.7
      if (item.name === 'title_type') return profile.separator === undefined && profile.distinct <= 20 ? 1 : 0.3
      if (item.name === 'age_rating' && isNumber && !/age|cert|mpaa|fsk|pegi|年龄|分级/.test(parsed.words.join(' ')))
        return 0.1
      if (item.name === 'title_id') return profile.length > 40 ? 0.3 : isNumber && profile.integers < 0.5 ? 0.2 : 1
      if (item.name === 'label') return profile.distinct <= 20 ? 1 : 0.3
      if (/^(device|region|channel|measure|play_id|category|campaign|character|person|role)$/.test(item.name))
        return isNumber && profile.integers < 0.5 ? 0.2 : 1
      if (parsed.unit !== undefined && isNumber) return 0.2
      if (item.name === 'text') return isNumber || profile.date !== undefined ? 0.2 : profile.length < 2 ? 0.5 : 1
      return profile.date !== undefined && (isNumber || profile.date.misfits < profile.filled * 0.1)
        ? 0.2
        : isNumber && profile.number?.misfits === 0 && profile.filled > 3
          ? 0.4
          : 1
    }
  }
}
