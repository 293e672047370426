import type { Help, Option } from 'commander'
import stringWidth from 'string-width'
import { type Locale, say, type Text } from '../text.ts'

const titles: Readonly<Record<string, Text>> = {
  'Usage:': { en: 'Usage:', zh: '用法：' },
  'Arguments:': { en: 'Arguments:', zh: '参数：' },
  'Options:': { en: 'Options:', zh: '选项：' },
}

/** What a command's help page says beside the declarations, in the language of `locale`. */
export function localizeHelp(locale: Locale): Partial<Help> {
  return {
    displayWidth: stringWidth,
    styleTitle: (title) => say(titles[title] ?? { en: title, zh: title }, locale),
    optionDescription: (option) => describeOption(option, locale),
  }
}

function describeOption({ description, argChoices, defaultValue }: Option, locale: Locale): string {
  const facts: Text[] = []
  if (argChoices) facts.push({ en: `choices: ${argChoices.join(', ')}`, zh: `可选：${argChoices.join('、')}` })
  const isGiven = defaultValue !== undefined && !(Array.isArray(defaultValue) && defaultValue.length === 0)
  if (isGiven) facts.push({ en: `default: ${String(defaultValue)}`, zh: `默认：${String(defaultValue)}` })
  if (facts.length === 0) return description
  return say(
    {
      en: `${description} (${facts.map(({ en }) => en).join('; ')})`,
      zh: `${description}（${facts.map(({ zh }) => zh).join('；')}）`,
    },
    locale,
  )
}
