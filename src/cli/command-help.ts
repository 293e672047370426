import stringWidth from 'string-width'
import type { Question } from '../question.ts'
import { type Locale, locales, say, type Text } from '../text.ts'
import { exitCodeMeanings, exitCodes } from './exit-codes.ts'
import { wrapWords } from './fit-text.ts'
import { type Parameter, positionals, termOf } from './parameters.ts'

type Entry = readonly [term: string, description: string]

const commonOptions: readonly (readonly [string, Text])[] = [
  ['--project <dir>', { en: 'The project folder; the current one unless given', zh: '项目文件夹，默认当前文件夹' }],
  ['--json', { en: 'Print the answer as JSON', zh: '以 JSON 输出结果' }],
  [
    '--locale <locale>',
    { en: `Language of all that is printed (${locales.join(', ')})`, zh: `输出语言（${locales.join('、')}）` },
  ],
  ['-h, --help', { en: 'Show this help', zh: '显示帮助' }],
]

/** The page that `marquee COMMAND --help` shows. */
export function renderCommandHelp(
  question: Question,
  parameters: readonly Parameter[],
  locale: Locale,
  width = Infinity,
): string {
  const words = positionals(parameters)
  const options = parameters.filter(({ position }) => position === undefined)
  const entryOf = (parameter: Parameter): Entry => [termOf(parameter), describe(parameter, locale)]
  const usage = ['marquee', question.name, ...words.map(termOf), say({ en: '[options]', zh: '[选项]' }, locale)].join(
    ' ',
  )
  const heading = (en: string, zh: string) => say({ en: `${en}:`, zh: `${zh}：` }, locale)
  const codes = Object.entries(exitCodes).map(
    ([name, code]): Entry => [String(code).padStart(3), say(exitCodeMeanings[name as keyof typeof exitCodes], locale)],
  )
  const sections = [
    `${say({ en: 'Usage: ', zh: '用法：' }, locale)}${usage}`,
    wrapWords(`${say(question.summary, locale)}${say({ en: '.', zh: '。' }, locale)}`, width).join('\n'),
    words.length > 0 ? `${heading('Arguments', '参数')}\n${renderEntries(words.map(entryOf), width)}` : '',
    `${heading('Options', '选项')}\n${renderEntries(
      [...options.map(entryOf), ...commonOptions.map(([term, text]): Entry => [term, say(text, locale)])],
      width,
    )}`,
    `${heading('Examples', '示例')}\n${question.examples.map((example) => `  ${example}`).join('\n')}`,
    `${heading('Exit codes', '退出码')}\n${renderEntries(codes, width)}`,
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function describe({ description, choices, fallback, isRequired, position }: Parameter, locale: Locale): string {
  const list = choices.join(', ')
  const given = Array.isArray(fallback) ? fallback.join(', ') : String(fallback)
  const hasFallback = fallback !== undefined && fallback !== false && given !== ''
  const extras = [
    choices.length > 0 ? say({ en: `one of: ${list}`, zh: `可选：${list}` }, locale) : '',
    hasFallback ? say({ en: `default: ${given}`, zh: `默认：${given}` }, locale) : '',
    isRequired && position === undefined ? say({ en: 'required', zh: '必填' }, locale) : '',
  ].filter((extra) => extra !== '')
  if (extras.length === 0) return say(description, locale)
  return say(
    { en: `${description.en} (${extras.join('; ')})`, zh: `${description.zh}（${extras.join('；')}）` },
    locale,
  )
}

/** Terms with what they mean, the meanings below one another. */
export function renderEntries(entries: readonly Entry[], width: number): string {
  const indent = 2
  const column = Math.max(...entries.map(([term]) => stringWidth(term))) + 2 * indent
  return entries
    .map(([term, description]) => {
      const lines = wrapWords(description, width - column)
      const first = `${' '.repeat(indent)}${term}`
      return lines
        .map(
          (line, index) => (index === 0 ? first + ' '.repeat(column - stringWidth(first)) : ' '.repeat(column)) + line,
        )
        .join('\n')
    })
    .join('\n')
}
