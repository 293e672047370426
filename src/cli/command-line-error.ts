import type { CommanderError } from 'commander'
import { InputError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { Text } from '../text.ts'

type Describe = (...found: string[]) => Text

const descriptions: readonly (readonly [RegExp, Describe])[] = [
  [/unknown option '(.+?)'/, (option) => ({ en: `There is no option ${option}.`, zh: `没有选项 ${option}。` })],
  [
    /missing required argument '(.+?)'/,
    (name) => ({ en: `The argument ${name} is missing.`, zh: `缺少参数 ${name}。` }),
  ],
  [
    /required option '(\S+).*' not specified/,
    (option) => ({ en: `The option ${option} is required.`, zh: `必须给出选项 ${option}。` }),
  ],
  [
    /option '(\S+).*' argument missing/,
    (option) => ({ en: `The option ${option} needs a value.`, zh: `选项 ${option} 需要一个值。` }),
  ],
  [
    /'(\S+)[^']*' argument '(.*)' is invalid\. Allowed choices are (.*)\./,
    (option, value, choices = '') => ({
      en: `${option} must be one of ${choices}, not ${value}.`,
      zh: `${option} 应为其中之一：${choices.replaceAll(', ', '、')}，而不是 ${value}。`,
    }),
  ],
  [
    /too many arguments.* Expected (\d+) arguments? but got (\d+)/,
    (expected, found) => ({
      en: `Too many arguments: ${found} given, ${expected} expected.`,
      zh: `参数过多：应为 ${expected} 个，给出了 ${found} 个。`,
    }),
  ],
]

/** What the parser of the command line refused, in every language. */
export function commandLineError(error: CommanderError, name: string): InputError {
  const message = error.message.replace(/^error: /, '')
  const [, option] = /Did you mean (?:one of )?(.+?)\?/.exec(message) ?? []
  const [, given, choices = ''] = /argument '(.*)' is invalid\. Allowed choices are (.*)\./.exec(message) ?? []
  const guess = option ?? (given && nearest(given, choices.split(', ')))
  return new InputError(describe(message), {
    code: 'command-line',
    advice: guess
      ? { en: `Did you mean ${guess}?`, zh: `是否应为 ${guess}？` }
      : { en: `See \`marquee ${name} --help\`.`, zh: `请参阅 \`marquee ${name} --help\`。` },
    cause: error,
  })
}

function describe(message: string): Text {
  for (const [pattern, text] of descriptions) {
    const found = pattern.exec(message)
    if (found) return text(...found.slice(1))
  }
  return { en: message, zh: `命令行有误：${message}` }
}
