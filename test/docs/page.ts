import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** A fenced block of a page: its language, what follows the language, its text and where it begins. */
export interface Block {
  readonly language: string
  readonly info: string
  readonly text: string
  readonly line: number
}

/** Pages that people wrote, relative to the repository. */
export function writtenPages(): string[] {
  const isWritten = (page: string) => !page.startsWith('docs/reference/') && !page.includes('node_modules')
  const inside = ['docs', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) =>
        relative(root, join(root, folder, file))
          .split(sep)
          .join('/'),
      ),
  )
  return ['README.md', 'README.zh-CN.md', ...inside].filter(isWritten).sort()
}

export const readPage = (page: string) => readFileSync(join(root, page), 'utf8')

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  const lines = text.split('\n')
  for (let start = 0; start < lines.length; start++) {
    const fence = /^```(\w*)\s*(.*)$/.exec(lines[start] ?? '')
    if (!fence) continue
    const end = lines.indexOf('```', start + 1)
    if (end < 0) throw new Error(`The block that begins in line ${start + 1} never ends.`)
    blocks.push({
      language: fence[1] ?? '',
      info: fence[2] ?? '',
      text: lines.slice(start + 1, end).join('\n'),
      line: start + 1,
    })
    start = end
  }
  return blocks
}

const withoutBlocks = (text: string) => text.replaceAll(/^```[\s\S]*?^```$/gm, '')

/** The level of each heading, in order. */
export const headingsOf = (text: string) =>
  [...withoutBlocks(text).matchAll(/^(#+) /gm)].map(([, marks = '']) => marks.length)

/** Targets of the links inside the repository, without anchors. */
export const linksOf = (text: string) =>
  [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
