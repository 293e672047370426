import stringWidth from 'string-width'
import { type Locale, say, type Text } from '../text.ts'
import { catalogue } from './catalogue.ts'
import { renderEntries } from './command-help.ts'
import { wrapWords } from './fit-text.ts'

const purpose: Text = {
  en: 'Marquee turns watch logs, catalogues, ratings and box office into trusted audience data and decisions.',
  zh: 'Marquee 将观看日志、片库、评分与票房整理为可信的观众数据与决策依据。',
}

const more: Text = {
  en: 'Try `marquee demo`, or `marquee help COMMAND` for one command.',
  zh: '试试 `marquee demo`；单个命令的帮助：`marquee help 命令`。',
}

const groups: readonly { readonly title: Text; readonly names: readonly string[] }[] = [
  { title: { en: 'Start here', zh: '从这里开始' }, names: ['demo', 'init', 'add', 'preview', 'build', 'report'] },
  {
    title: { en: 'Ask', zh: '提问' },
    names: ['hot', 'keywords', 'characters', 'scenes', 'audience', 'query', 'export'],
  },
  { title: { en: 'Recommend', zh: '推荐' }, names: ['recommend'] },
  {
    title: { en: 'Understand reviews', zh: '理解评论' },
    names: ['aspects', 'drivers', 'suggest', 'reviews', 'sentiment'],
  },
  { title: { en: 'Trust', zh: '可信' }, names: ['status', 'quality', 'quarantine', 'titles'] },
  { title: { en: 'More', zh: '更多' }, names: ['simulate', 'spark', 'doctor'] },
]

const options: readonly [string, Text][] = [
  ['--project DIR', { en: 'The project folder; the current one unless given', zh: '项目文件夹，默认当前文件夹' }],
  ['--json', { en: 'Print the answer as JSON', zh: '以 JSON 输出结果' }],
  ['--locale en|zh-CN', { en: 'Language of all that is printed', zh: '输出语言' }],
  ['--help, --version', { en: 'Help for any command; the version', zh: '任一命令的帮助；版本号' }],
]

/** The page that `marquee --help` shows. */
export function renderHelp(locale: Locale, width = Infinity): string {
  const heading = (title: Text) => say({ en: `${title.en}:`, zh: `${title.zh}：` }, locale)
  const entries = groups.map(({ title, names }) => ({
    title,
    rows: names.flatMap((first) =>
      catalogue
        .filter(({ name }) => name === first || name.startsWith(`${first} `))
        .map(({ name, summary }): readonly [string, string] => [name, say(summary, locale)]),
    ),
  }))
  const common = options.map(([flag, text]): readonly [string, string] => [flag, say(text, locale)])
  const column = Math.max(...[...entries.flatMap(({ rows }) => rows), ...common].map(([term]) => stringWidth(term)))
  const sections = [
    wrapWords(say(purpose, locale), width).join('\n'),
    say({ en: 'Usage: marquee COMMAND [OPTIONS]', zh: '用法：marquee 命令 [选项]' }, locale),
    ...[...entries, { title: { en: 'Options', zh: '选项' }, rows: common }].map(
      ({ title, rows }) =>
        `${heading(title)}\n${renderEntries(
          rows.map(([term, text]) => [term.padEnd(column), text]),
          width,
        )}`,
    ),
    wrapWords(say(more, locale), width).join('\n'),
  ]
  return `${sections.join('\n\n')}\n`
}
