import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, inject, it } from 'vitest'
import { blocksOf, readPage, root } from './page.ts'

const spark = inject('spark')
const pages = ['docs/how-to/spark-connect.md', 'docs/how-to/spark-connect.zh-CN.md']

describe.skipIf(!spark)('the page about Spark Connect', () => {
  it('gives the same program in both languages', () => {
    const [english, chinese] = pages.map((page) => blocksOf(readPage(page)).map(({ text }) => text))
    expect(chinese).toEqual(english)
  })

  it('prints what it shows', async () => {
    const blocks = blocksOf(readPage(pages[0] ?? ''))
    const programs = blocks.flatMap((block, index) =>
      block.language === 'ts' ? [[block, blocks[index + 1]] as const] : [],
    )
    expect(programs).toHaveLength(2)
    const folder = await mkdtemp(join(tmpdir(), 'marquee-page-'))
    for (const [program, output] of programs) {
      const source = program.text
        .replace("'marquee/spark-connect'", JSON.stringify(join(root, 'src/engine/spark/index.ts')))
        .replace('sc://127.0.0.1:15002', spark?.address ?? '')
      await writeFile(join(folder, 'page.ts'), source)
      const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'page.ts')])
      expect(stdout).toBe(`${output?.text}\n`)
    }
    await rm(folder, { recursive: true })
  })
})
