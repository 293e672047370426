import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Block, blocksOf, readPage, root, writtenPages } from './page.ts'

const runFile = promisify(execFile)
let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'marquee-docs-'))
  await mkdir(join(home, 'bin'))
  const shim = `#!/bin/sh\nexec '${join(root, 'node_modules/.bin/node')}' '${join(root, 'src/cli/main.ts')}' "$@"\n`
  await writeFile(join(home, 'bin/marquee'), shim, { mode: 0o755 })
})
afterAll(() => rm(home, { recursive: true, force: true }))

const isRun = ({ language }: Block) => language === 'sh'
const isOutput = (block: Block | undefined) => block?.language === 'text'

/** What runs in a page, apart from comments: a translation with the same need not be run again. */
const commandsOf = (page: string) =>
  JSON.stringify(
    blocksOf(readPage(page)).flatMap((block, index, all) =>
      isRun(block) || (isOutput(block) && isRun(all[index - 1] ?? block)) ? [block.text] : [],
    ),
  )

const pages = writtenPages().filter((page) => blocksOf(readPage(page)).some(isRun))
const own = pages.filter((page) => {
  const english = page.replace('.zh-CN.md', '.md')
  return page === english || !pages.includes(english) || commandsOf(page) !== commandsOf(english)
})

/** Lines with blanks and rules cut to one each, as widths follow the contents. */
const condense = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) =>
      line
        .replaceAll(/\s+/g, ' ')
        .replaceAll(/─+( ─+)*/g, '─')
        .trim(),
    )

/** Whether `output` reads as `shown`, where `…` stands for any text and, alone on a line, for any lines. */
function matches(output: string, shown: string): boolean {
  const literal = (part: string) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const pattern = condense(shown)
    .map((line) => (line === '…' ? '(?:.*\n)*?' : `${line.split(/ ?… ?/).map(literal).join('.*')}\n`))
    .join('')
  return new RegExp(`^${pattern}$`).test(`${condense(output).join('\n')}\n`)
}

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

async function runBlock(block: Block, folder: string, locale: string): Promise<Outcome> {
  const place = join(folder, '.place')
  const script = `cd "$(cat '${place}')"\nset -e\n${block.text}\npwd > '${place}'\n`
  const env = {
    PATH: `${join(home, 'bin')}:${process.env.PATH}`,
    HOME: folder,
    LANG: 'C.UTF-8',
    NODE_COMPILE_CACHE: join(home, 'cache'),
    MARQUEE_LOCALE: locale,
  }
  return runFile('bash', ['-c', script], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: Outcome) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  )
}

test.concurrent.each(own)(
  '%s',
  async (page) => {
    const folder = await mkdtemp(join(home, 'page-'))
    await writeFile(join(folder, '.place'), `${folder}\n`)
    await cp(join(root, 'examples'), join(folder, 'examples'), { recursive: true })
    if (page.startsWith('examples/')) await writeFile(join(folder, '.place'), join(folder, dirname(page)))
    const locale = page.endsWith('.zh-CN.md') ? 'zh-CN' : 'en'
    const blocks = blocksOf(readPage(page))
    for (const [index, block] of blocks.entries()) {
      const where = `${page}:${block.line}`
      if (block.language === 'yaml' && block.info === 'marquee.yaml') {
        const place = (await readFile(join(folder, '.place'), 'utf8')).trim()
        await writeFile(join(place, 'marquee.yaml'), `${block.text}\n`)
      }
      if (!isRun(block)) continue
      const { code, stdout, stderr } = await runBlock(block, folder, locale)
      const expected = Number(/exit=(\d+)/.exec(block.info)?.[1] ?? 0)
      expect(code, `${where}\n${stderr}`).toBe(expected)
      const next = blocks[index + 1]
      if (!next || !isOutput(next)) continue
      const output = expected === 0 ? stdout : stderr
      expect(matches(output, next.text), `${where} shows\n${next.text}\nbut gives\n${output}`).toBe(true)
    }
  },
  400_000,
)

test('a page that shows something else is found out', () => {
  expect(matches('a  1\n──\nb 2\n', 'a 1\n─\n…')).toBe(true)
  expect(matches('a 1\nb 2\n', 'a…')).toBe(false)
  expect(matches('a 1\nb 2\nc 3\n', 'a…\nc 3')).toBe(false)
})
