import stringWidth from 'string-width'
import { type Locale, say, type Text } from '../text.ts'
import { catalogue } from './catalogue.ts'

const groups: readonly { readonly title: Text; readonly names: readonly string[] }[] = [
  { title: { en: 'Start here', zh: '从这里开始' }, names: ['demo', 'init', 'add', 'build', 'report'] },
  { title: { en: 'Ask', zh: '提问' }, names: ['hot', 'audience', 'query', 'export'] },
  { title: { en: 'Trust', zh: '可信' }, names: ['status', 'quality', 'quarantine', 'titles'] },
  { title: { en: 'More', zh: '更多' }, names: ['simulate', 'doctor'] },
]

const options: readonly [string, Text][] = [
  ['--project DIR', { en: 'the project folder; the current one unless given', zh: '项目文件夹，默认当前文件夹' }],
  ['--json', { en: 'print the answer as JSON', zh: '以 JSON 输出结果' }],
  ['--locale en|zh-CN', { en: 'the language of everything printed', zh: '输出语言' }],
  ['--help, --version', { en: 'help for any command; the version', zh: '任一命令的帮助；版本号' }],
]

/** The page that `marquee --help` shows. */
export function renderHelp(locale: Locale): string {
  const title = say(
    {
      en: 'Marquee turns watch logs, catalogues, ratings and box office into trusted audience data and decisions.',
      zh: 'Marquee 将观看日志、片库、评分与票房整理为可信的观众数据与决策依据。',
    },
    locale,
  )
  const usage = say({ en: 'Usage: marquee COMMAND [OPTIONS]', zh: '用法：marquee 命令 [选项]' }, locale)
  const width = Math.max(...catalogue.map(({ name }) => stringWidth(name)))
  const row = (name: string, summary: string) => `  ${name}${' '.repeat(width + 2 - stringWidth(name))}${summary}`
  const colon = say({ en: ':', zh: '：' }, locale)
  const sections = groups.flatMap((group) => {
    const listed = group.names.flatMap((first) =>
      catalogue.filter(({ name }) => name === first || name.startsWith(`${first} `)),
    )
    return listed.length > 0
      ? [
          '',
          `${say(group.title, locale)}${colon}`,
          ...listed.map(({ name, summary }) => row(name, say(summary, locale))),
        ]
      : []
  })
  const more = say(
    {
      en: 'Try `marquee demo`, or `marquee help COMMAND` for one command.',
      zh: '试试 `marquee demo`；单个命令的帮助：`marquee help 命令`。',
    },
    locale,
  )
  return `${[title, '', usage, ...sections, '', `${say({ en: 'Options:', zh: '选项：' }, locale)}`, ...options.map(([flag, text]) => row(flag, say(text, locale))), '', more].join('\n')}\n`
}
