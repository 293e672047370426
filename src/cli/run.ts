import { isMarqueeError, type MarqueeError } from '../errors.ts'
import { asFullDisk } from '../full-disk.ts'
import { type Locale, locales, say } from '../text.ts'
import { version } from '../version.ts'
import { catalogue } from './catalogue.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { renderHelp } from './render-help.ts'
import { type Terminal, widthOf } from './terminal.ts'
import { visible } from './visible.ts'

const processTerminal = (): Terminal => ({
  out: process.stdout,
  err: process.stderr,
  environment: process.env,
  folder: process.cwd(),
})

/** What to do when standard output fails: nobody reading on is no error, a full disk is. */
export function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return
  const terminal = processTerminal()
  const code = fail(error, process.argv.includes('--json'), terminal, localeOf(process.argv, terminal.environment))
  process.once('exit', () => {
    process.exitCode = code
  })
}

/** Runs one command line and returns its exit code. Data go to `out`, everything else to `err`. */
export async function run(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const locale = localeOf(argv, terminal.environment)
  const words = wordsOf(argv)
  const isHelp = words.length === 0 || words[0] === 'help'
  if (argv.includes('--version') && words.length === 0) {
    terminal.out.write(`${version()}\n`)
    return exitCodes.success
  }
  if (isHelp) {
    const topic = words.slice(1).join(' ')
    if (!topic) {
      terminal.out.write(renderHelp(locale, widthOf(terminal)))
      return exitCodes.success
    }
    return run([...words.slice(1), '--help', '--locale', locale], terminal)
  }
  try {
    const { runQuestion, unknownCommand } = await import('./run-question.ts')
    const name = longestName(words)
    if (!name) throw unknownCommand(words)
    return await runQuestion(name, withoutName(argv, name), terminal, locale)
  } catch (error) {
    return fail(error, argv.includes('--json'), terminal, locale)
  }
}

function longestName(words: readonly string[]): string | undefined {
  const names = catalogue.map(({ name }) => name)
  for (let length = Math.min(3, words.length); length > 0; length--) {
    const candidate = words.slice(0, length).join(' ')
    if (names.includes(candidate)) return candidate
  }
  return undefined
}

/** The words of a command line up to its first option, but for the options that may stand before a command. */
function wordsOf(argv: readonly string[]): string[] {
  const words: string[] = []
  for (let index = 0; index < argv.length; index++) {
    const item = argv[index] ?? ''
    if (item === '--locale' || item === '--project') index++
    else if (item.startsWith('-')) continue
    else words.push(item)
  }
  return words
}

function withoutName(argv: readonly string[], name: string): string[] {
  const left = name.split(' ')
  return argv.filter((item) => {
    if (left.length > 0 && item === left[0]) {
      left.shift()
      return false
    }
    return true
  })
}

function localeOf(argv: readonly string[], environment: Terminal['environment']): Locale {
  const flag = argv.indexOf('--locale')
  const wanted = flag >= 0 ? argv[flag + 1] : (environment.MARQUEE_LOCALE ?? environment.LC_ALL ?? environment.LANG)
  return locales.find((locale) => locale === wanted) ?? (wanted?.startsWith('zh') ? 'zh-CN' : 'en')
}

function fail(failure: unknown, isJson: boolean, terminal: Terminal, locale: Locale): number {
  const error = asFullDisk(failure)
  const code = exitCodeOf(error)
  if (code === exitCodes.interrupted) {
    terminal.err.write(`${say({ en: 'Stopped. Nothing was published.', zh: '已中断，未发布任何内容。' }, locale)}\n`)
    return code
  }
  const told = isMarqueeError(error) ? error : asDefect(error)
  terminal.err.write(isJson ? `${JSON.stringify({ error: toJson(told) })}\n` : describe(told, locale))
  if (told !== error && !isJson) terminal.err.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  return code
}

type Told = Pick<MarqueeError, 'name' | 'text' | 'code' | 'value' | 'file' | 'line' | 'advice'>

/** An error that nothing foresaw. */
function asDefect(error: unknown): Told {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) }
  return {
    name,
    text: { en: `Marquee failed: ${message}`, zh: `Marquee 出错：${message}` },
    code: 'unexpected',
    value: undefined,
    file: undefined,
    line: undefined,
    advice: {
      en: 'Check paths, permissions and free space if a file is named; else please report this with the lines below.',
      zh: '如提到文件，请检查路径、权限与可用空间；否则请附上以下各行报告此问题。',
    },
  }
}

function toJson({ name, code, text, value, file, line, advice }: Told) {
  return { name, code, message: text, value, file, line, advice }
}

function describe(error: Told, locale: Locale): string {
  const where = [error.file, error.line].filter((item) => item !== undefined).join(':')
  const value =
    error.value === undefined ? undefined : typeof error.value === 'string' ? error.value : JSON.stringify(error.value)
  const lines = [`${say({ en: 'Error', zh: '错误' }, locale)} [${error.code}] ${say(error.text, locale)}`]
  if (where) lines.push(`  ${say({ en: 'at', zh: '位置' }, locale)} ${where}`)
  if (value)
    lines.push(`  ${say({ en: 'value', zh: '值' }, locale)} ${value.length > 400 ? `${value.slice(0, 400)}…` : value}`)
  if (error.advice) lines.push(`  → ${say(error.advice, locale)}`)
  return `${visible(lines.join('\n'))}\n`
}
