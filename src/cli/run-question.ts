import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Command, CommanderError, Option } from 'commander'
import { z } from 'zod'
import { InputError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { Context, Question } from '../question.ts'
import { type Locale, locales, say } from '../text.ts'
import { catalogue } from './catalogue.ts'
import { commandLineError } from './command-line-error.ts'
import { createContext } from './create-context.ts'
import { exitCodeMeanings, exitCodes } from './exit-codes.ts'
import { localizeHelp } from './localize-help.ts'
import { declareParameters, parametersOf, readParameters } from './parameters.ts'
import { registry } from './registry.ts'
import { type Heading, renderTable, showValue } from './render-table.ts'
import type { Terminal } from './terminal.ts'
import { terminalProgress } from './terminal-progress.ts'

/** Ctrl-C, a container that stops, a terminal that closes. */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs the question called `name` with the rest of a command line; returns the exit code. */
export async function runQuestion(
  name: string,
  argv: readonly string[],
  terminal: Terminal,
  locale: Locale,
): Promise<number> {
  const load = registry[name]
  if (!load) throw unknownCommand([name])
  const question = await load()
  const parameters = parametersOf(question)
  const command = new Command(`marquee ${name}`)
    .description(say(question.summary, locale))
    .exitOverride()
    .configureHelp(localizeHelp(locale))
    .configureOutput({ writeOut: (text) => terminal.out.write(text), writeErr: () => undefined })
    .helpOption('-h, --help', say({ en: 'show this help', zh: '显示帮助' }, locale))
  declareParameters(command, parameters, locale)
  command
    .addOption(new Option('--project <dir>', say({ en: 'the project folder', zh: '项目文件夹' }, locale)).default('.'))
    .addOption(new Option('--json', say({ en: 'print the answer as JSON', zh: '以 JSON 输出结果' }, locale)))
    .addOption(new Option('--locale <locale>', say({ en: 'language', zh: '语言' }, locale)).choices([...locales]))
    .addHelpText('after', helpTail(question, locale))
  let code: number = exitCodes.success
  command.action(async () => {
    const options = command.opts<{ project: string; json?: boolean }>()
    const given = readParameters(question, parameters, command.processedArgs, options)
    const abort = new AbortController()
    const onInterrupt = () => abort.abort()
    for (const stop of stopSignals) process.once(stop, onInterrupt)
    const context = createContext({
      folder: resolve(terminal.folder, options.project),
      locale,
      progress: terminalProgress(terminal.err, locale, () => Date.now()),
      signal: abort.signal,
      choose: choose(terminal, locale),
    })
    try {
      const answer = await question.ask(context, given as never)
      terminal.out.write(
        options.json ? `${JSON.stringify(answer)}\n` : renderAnswer(question, answer, locale, terminal.out.columns),
      )
      code = failedCode(answer)
    } finally {
      for (const stop of stopSignals) process.removeListener(stop, onInterrupt)
      await context.close()
    }
  })
  try {
    await command.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return exitCodes.success
    throw commandLineError(error, name)
  }
  return code
}

/** An answer that says `ok: false` ends the process with the code for data, one that `refused` a part of what was given with that for input. */
function failedCode(answer: unknown): number {
  const hasRefused =
    typeof answer === 'object' && answer !== null && 'refused' in answer && Array.isArray(answer.refused)
  if (hasRefused && (answer.refused as unknown[]).length > 0) return exitCodes.input
  const isBad = typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false
  return isBad ? exitCodes.data : exitCodes.success
}

export function unknownCommand(words: readonly string[]): InputError {
  const names = catalogue.map(({ name }) => name)
  const guess = nearest(words.slice(0, 2).join(' '), names) ?? nearest(words[0] ?? '', names)
  const group = names.filter((name) => name.startsWith(`${words[0]} `))
  const asked = words.slice(0, 2).join(' ')
  return new InputError(
    { en: `There is no command ${asked}.`, zh: `没有命令 ${asked}。` },
    {
      code: 'unknown-command',
      value: words.join(' '),
      advice:
        group.length > 0
          ? { en: `Known: ${group.join(', ')}.`, zh: `可用的命令：${group.join('、')}。` }
          : guess
            ? { en: `Did you mean \`marquee ${guess}\`?`, zh: `是否应为 \`marquee ${guess}\`？` }
            : { en: 'See `marquee --help`.', zh: '请参阅 `marquee --help`。' },
    },
  )
}

function helpTail(question: Question, locale: Locale): string {
  const examples = question.examples.map((example) => `  ${example}`).join('\n')
  const codes = Object.entries(exitCodes).map(
    ([name, code]) => `  ${String(code).padStart(3)}  ${say(exitCodeMeanings[name as keyof typeof exitCodes], locale)}`,
  )
  return `\n${say({ en: 'Examples:', zh: '示例：' }, locale)}\n${examples}\n\n${say({ en: 'Exit codes:', zh: '退出码：' }, locale)}\n${codes.join('\n')}\n`
}

interface ColumnSchema {
  readonly description?: string
  readonly zh?: string
  readonly unit?: string
  readonly short?: { readonly en: string; readonly zh: string }
  readonly detail?: boolean
}

function renderAnswer(question: Question, answer: unknown, locale: Locale, width: number | undefined): string {
  const { rows, notes, text } = answer as {
    rows?: readonly Record<string, unknown>[]
    notes?: readonly { en: string; zh: string }[]
    text?: string
  }
  const schema = z.toJSONSchema(question.result, { unrepresentable: 'any' }) as {
    properties?: { rows?: { items?: { properties?: Record<string, ColumnSchema> } } }
  }
  const columns = schema.properties?.rows?.items?.properties
  const headings: Heading[] = columns
    ? Object.entries(columns)
        .filter(([, { detail }]) => !detail)
        .map(([name, { description = name, zh = name, short, unit }]) => ({
          name,
          label: say(short ?? { en: description, zh }, locale),
          unit,
        }))
    : Object.keys(rows?.[0] ?? {}).map((name) => ({ name, label: name }))
  const isTable = rows !== undefined || notes !== undefined || text !== undefined
  const parts = [
    isTable ? text : renderRecord(question, answer as Record<string, unknown>, locale),
    rows && rows.length > 0 ? renderTable(headings, rows, locale, width) : undefined,
    ...(notes ?? []).map((item) => say(item, locale)),
  ]
  return `${parts.filter((part) => part !== undefined && part !== '').join('\n')}\n`
}

/** An answer that is one thing, as a line for each of its parts. */
function renderRecord(question: Question, answer: Readonly<Record<string, unknown>>, locale: Locale): string {
  const { properties } = z.toJSONSchema(question.result, { unrepresentable: 'any' }) as {
    properties?: Record<string, ColumnSchema>
  }
  return Object.entries(answer)
    .map(([name, value]) => {
      const { description = name, zh = name } = properties?.[name] ?? {}
      return `${say({ en: description, zh }, locale)}: ${showValue(value, locale)}`
    })
    .join('\n')
}

function choose(terminal: Terminal, locale: Locale): Context['choose'] {
  return async (prompt, choices) => {
    if (!process.stdin.isTTY || !terminal.err.isTTY) return undefined
    terminal.err.write(
      `${say(prompt, locale)}\n${choices.map(({ label }, index) => `  ${index + 1}. ${label}`).join('\n')}\n`,
    )
    const reader = createInterface({ input: process.stdin, output: process.stderr })
    const answer = await reader.question('> ')
    reader.close()
    return choices[Number(answer) - 1]?.value
  }
}
