import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Command, CommanderError, Option } from 'commander'
import { InputError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { Context } from '../question.ts'
import { type Locale, locales, say } from '../text.ts'
import { catalogue } from './catalogue.ts'
import { renderCommandHelp } from './command-help.ts'
import { commandLineError } from './command-line-error.ts'
import { createContext } from './create-context.ts'
import { exitCodes } from './exit-codes.ts'
import { declareParameters, parametersOf, readParameters } from './parameters.ts'
import { registry } from './registry.ts'
import { renderAnswer } from './render-answer.ts'
import { type Terminal, widthOf } from './terminal.ts'
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
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out.write(text), writeErr: () => undefined })
    .configureHelp({ formatHelp: () => renderCommandHelp(question, parameters, locale, widthOf(terminal)) })
  declareParameters(command, parameters)
  command
    .option('--project <dir>', '', '.')
    .option('--json')
    .addOption(new Option('--locale <locale>').choices([...locales]))
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
        options.json
          ? `${JSON.stringify(answer)}\n`
          : renderAnswer(question, answer, { locale, width: widthOf(terminal) }),
      )
      code = failedCode(answer)
      await context.ended()
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
      advice: guess
        ? { en: `Did you mean \`marquee ${guess}\`?`, zh: `是否应为 \`marquee ${guess}\`？` }
        : group.length > 0
          ? { en: `Known: ${group.join(', ')}.`, zh: `可用的命令：${group.join('、')}。` }
          : { en: 'See `marquee --help`.', zh: '请参阅 `marquee --help`。' },
    },
  )
}

function choose(terminal: Terminal, locale: Locale): Context['choose'] {
  return async (prompt, choices) => {
    if (!process.stdin.isTTY || !terminal.err.isTTY) return undefined
    terminal.err.write(
      `${say(prompt, locale)}\n${choices.map(({ label }, index) => `  ${index + 1}. ${say(label, locale)}`).join('\n')}\n`,
    )
    const reader = createInterface({ input: process.stdin, output: process.stderr })
    const answer = await reader.question('> ')
    reader.close()
    return choices[Number(answer) - 1]?.value
  }
}
