import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { exitCodeMeanings, exitCodes } from '../src/cli/exit-codes.ts'
import { parametersOf } from '../src/cli/parameters.ts'
import { registry } from '../src/cli/registry.ts'
import { projectSettings } from '../src/project/settings.ts'
import { rules } from '../src/quality/rules.ts'
import type { Question } from '../src/question.ts'
import { type Locale, locales, say } from '../src/text.ts'
import { fields, kinds, type TableColumn, tables, titleFields } from '../src/warehouse/schema.ts'

/** Everything that is written from declarations: `npm run docs` writes it, `npm run check` demands that it is up to date. */
async function generate(): Promise<Map<string, string>> {
  const questions = await Promise.all(Object.values(registry).map((load) => load()))
  const files = new Map<string, string>()
  files.set('src/cli/catalogue.ts', catalogueModule(questions))
  files.set('docs/reference/marquee.schema.json', `${JSON.stringify(settingsSchema(), undefined, 2)}\n`)
  for (const locale of locales) {
    const suffix = locale === 'en' ? '' : `.${locale}`
    files.set(`docs/reference/commands${suffix}.md`, commandsPage(questions, locale))
    files.set(`docs/reference/tables${suffix}.md`, tablesPage(locale))
    files.set(`docs/reference/rules${suffix}.md`, rulesPage(locale))
    files.set(`docs/reference/fields${suffix}.md`, fieldsPage(locale))
  }
  return files
}

const pick = (locale: Locale, en: string, zh: string) => say({ en, zh }, locale)
const cellText = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const table = (headings: readonly string[], rows: readonly (readonly string[])[]) =>
  [headings, headings.map(() => '---'), ...rows].map((row) => `| ${row.map(cellText).join(' | ')} |`).join('\n')

function quote(text: string): string {
  return text.includes("'") && !text.includes('"')
    ? `"${text}"`
    : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

function catalogueModule(questions: readonly Question[]): string {
  const entries = questions.map(
    ({ name, summary }) =>
      `  {\n    name: ${quote(name)},\n    summary: { en: ${quote(summary.en)}, zh: ${quote(summary.zh)} },\n  },\n`,
  )
  return `// Written by \`npm run docs\` from the declarations, so that help needs to load none of them.
import type { Text } from '../text.ts'

/** Every command with its summary. */
export const catalogue: readonly { readonly name: string; readonly summary: Text }[] = [
${entries.join('')}]
`
}

function settingsSchema(): object {
  return { title: 'marquee.yaml', ...z.toJSONSchema(projectSettings, { io: 'input' }) }
}

interface ResultColumn {
  readonly description?: string
  readonly zh?: string
  readonly unit?: string
}

function commandsPage(questions: readonly Question[], locale: Locale): string {
  const sections = questions.map((question) => {
    const parameters = parametersOf(question).map((parameter) => [
      parameter.position === undefined ? `\`${parameter.flag}\`` : `\`${parameter.name}\``,
      say(parameter.description, locale),
      parameter.choices.join(', ') || parameter.type,
      parameter.fallback === undefined
        ? parameter.isRequired
          ? pick(locale, 'required', '必填')
          : ''
        : JSON.stringify(parameter.fallback),
    ])
    const result = z.toJSONSchema(question.result, { unrepresentable: 'any' }) as {
      properties?: { rows?: { items?: { properties?: Record<string, ResultColumn> } } }
    }
    const columns = Object.entries(result.properties?.rows?.items?.properties ?? {}).map(([name, column]) => [
      `\`${name}\``,
      pick(locale, column.description ?? '', column.zh ?? ''),
      column.unit ?? '',
    ])
    return [
      `## marquee ${question.name}`,
      `${say(question.summary, locale)}${pick(locale, '.', '。')}`,
      `\`\`\`sh\n${question.examples.join('\n')}\n\`\`\``,
      parameters.length > 0
        ? table(
            [
              pick(locale, 'Parameter', '参数'),
              pick(locale, 'Meaning', '含义'),
              pick(locale, 'Value', '取值'),
              pick(locale, 'Default', '默认'),
            ],
            parameters,
          )
        : '',
      columns.length > 0
        ? table(
            [
              pick(locale, 'Column of `rows`', '`rows` 的列'),
              pick(locale, 'Meaning', '含义'),
              pick(locale, 'Unit', '单位'),
            ],
            columns,
          )
        : '',
    ]
      .filter((part) => part !== '')
      .join('\n\n')
  })
  const codes = Object.entries(exitCodes).map(([name, code]) => [
    String(code),
    say(exitCodeMeanings[name as keyof typeof exitCodes], locale),
  ])
  return page(locale, pick(locale, 'Commands', '命令'), [
    pick(
      locale,
      'Every command takes `--project DIR`, `--json`, `--locale en|zh-CN` and `--help`. Data go to standard output, progress and messages to standard error. Paths on the command line count from the current folder, those in `marquee.yaml` from the project.',
      '每个命令都接受 `--project 文件夹`、`--json`、`--locale en|zh-CN` 与 `--help`。数据写到标准输出，进度与消息写到标准错误。命令行上的路径相对于当前文件夹，`marquee.yaml` 中的路径相对于项目文件夹。',
    ),
    ...sections,
    `## ${pick(locale, 'Exit codes', '退出码')}`,
    table([pick(locale, 'Code', '代码'), pick(locale, 'Meaning', '含义')], codes),
  ])
}

function tablesPage(locale: Locale): string {
  const sections = (Object.entries(tables) as [string, readonly TableColumn[]][]).map(
    ([name, columns]) =>
      `## ${name}\n\n${table(
        [pick(locale, 'Column', '列'), pick(locale, 'Type', '类型'), pick(locale, 'Meaning', '含义')],
        columns.map((column) => [`\`${column.name}\``, column.type, say(column.label, locale)]),
      )}`,
  )
  return page(locale, pick(locale, 'Tables', '数据表'), sections)
}

function fieldsPage(locale: Locale): string {
  const sections = kinds.map(
    (kind) =>
      `## ${kind}\n\n${table(
        [
          pick(locale, 'Field', '字段'),
          pick(locale, 'Type', '类型'),
          pick(locale, 'Meaning', '含义'),
          pick(locale, 'Required', '必填'),
        ],
        [...titleFields, ...fields[kind]].map((field) => [
          `\`${field.name}\``,
          field.type,
          say(field.label, locale),
          field.required === 'when-mapped'
            ? pick(locale, 'where mapped', '有此列时')
            : field.required
              ? pick(locale, 'yes', '是')
              : '',
        ]),
      )}`,
  )
  return page(locale, pick(locale, 'Fields that columns can be mapped to', '可映射的字段'), sections)
}

function rulesPage(locale: Locale): string {
  const rows = rules.map((rule) => [
    `\`${rule.id}\``,
    say(rule.message, locale),
    rule.severity,
    Object.entries(rule.parameters)
      .map(([name, value]) => `${name} = ${value}`)
      .join(', '),
    rule.standard,
  ])
  return page(locale, pick(locale, 'Cleaning rules', '清洗规则'), [
    pick(
      locale,
      'Severity and parameters can be set under `rules` in `marquee.yaml`: `quarantine` keeps the row out and in the quarantine, `duplicate` counts it as a copy, `warn` accepts and counts it, `off` does not look.',
      '可在 `marquee.yaml` 的 `rules` 下设置级别与参数：`quarantine` 隔离该行，`duplicate` 计为重复，`warn` 接受并计数，`off` 不检查。',
    ),
    table(
      [
        pick(locale, 'Rule', '规则'),
        pick(locale, 'Broken when', '触发条件'),
        pick(locale, 'Severity', '级别'),
        pick(locale, 'Parameters', '参数'),
        pick(locale, 'Standard', '依据'),
      ],
      rows,
    ),
  ])
}

function page(locale: Locale, title: string, sections: readonly string[]): string {
  const origin = pick(
    locale,
    '<!-- Written by `npm run docs`; do not edit. -->',
    '<!-- 由 `npm run docs` 生成，请勿手工修改。 -->',
  )
  return `${[origin, `# ${title}`, ...sections].join('\n\n')}\n`
}

const root = new URL('..', import.meta.url)
const isCheck = process.argv.includes('--check')
const stale: string[] = []
for (const [path, text] of await generate()) {
  const url = new URL(path, root)
  const present = await readFile(url, 'utf8').catch(() => '')
  if (present === text) continue
  stale.push(path)
  if (!isCheck) {
    await mkdir(dirname(url.pathname), { recursive: true })
    await writeFile(url, text)
  }
}
if (isCheck && stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. Run \`npm run docs\`.`)
  process.exitCode = 1
}
