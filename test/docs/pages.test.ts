import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { headingsOf, linksOf, readPage, root, writtenPages } from './page.ts'

const pages = writtenPages()
const english = pages.filter((page) => !page.endsWith('.zh-CN.md') && page !== 'docs/design.md')

test.each(english)('%s says the same in Chinese', (page) => {
  const twin = page.replace(/\.md$/, '.zh-CN.md')
  expect(pages).toContain(twin)
  expect(headingsOf(readPage(twin))).toEqual(headingsOf(readPage(page)))
})

test('no Chinese page stands alone', () => {
  const alone = pages.filter((page) => page.endsWith('.zh-CN.md') && !pages.includes(page.replace('.zh-CN', '')))
  expect(alone).toEqual([])
})

test.each(pages)('the links of %s lead somewhere', (page) => {
  const broken = linksOf(readPage(page)).filter((target) => !existsSync(join(root, dirname(page), target)))
  expect(broken).toEqual([])
})

test('the first two commands of the README are one line each', () => {
  for (const page of ['README.md', 'README.zh-CN.md']) {
    const commands = [...readPage(page).matchAll(/^```console\n(.*?)\n```$/gms)].slice(0, 2).map(([, text]) => text)
    expect(commands).toEqual(['npm ci && npm run demo', 'npm ci && npm run test:setup && npm test'])
  }
})

test.each([
  ['src/index.ts', 10],
  ['src/engine/spark/index.ts', 10],
])('everything that %s exports says what it is', (file, least) => {
  const path = join(root, 'tsconfig.json')
  const { config } = ts.readConfigFile(path, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const program = ts.createProgram([join(root, file)], { ...options, noEmit: true })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(join(root, file))
  const module = source && checker.getSymbolAtLocation(source)
  const exported = module ? checker.getExportsOfModule(module) : []
  expect(exported.length).toBeGreaterThan(least)
  const silent = exported
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter((symbol) => symbol.getDocumentationComment(checker).length === 0)
    .map((symbol) => symbol.name)
  expect(silent).toEqual([])
})
