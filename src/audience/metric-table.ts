import { type Locale, say, type Text } from '../text.ts'
import { metrics } from './metrics.ts'

const heads: readonly Text[] = [
  { en: 'Measure', zh: '指标' },
  { en: 'Name', zh: '名称' },
  { en: 'Version', zh: '版本' },
  { en: 'Formula', zh: '公式' },
  { en: 'Unit', zh: '单位' },
  { en: 'Source', zh: '出处' },
]

/** Every definition as a Markdown table, for the reference. */
export function metricTable(locale: Locale): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(heads.map((head) => say(head, locale))),
    line(heads.map(() => '---')),
    ...metrics.map(({ id, name, version, formula, unit, source }) =>
      line([`\`${id}\``, say(name, locale), String(version), say(formula, locale), unit, source]),
    ),
  ].join('\n')
}
