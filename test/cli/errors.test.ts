import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { run } from '../../src/cli/run.ts'
import type { sourceSettings } from '../../src/project/settings.ts'
import { makeProject, type TestProject } from '../support/project.ts'

const source: z.input<typeof sourceSettings> = {
  name: 'plays',
  kind: 'viewing',
  files: ['plays.csv'],
  timeZone: 'UTC',
  columns: {
    viewer: { from: 'user' },
    title: { from: 'title' },
    started_at: { from: 'start', format: 'ISO 8601' },
    watched_seconds: { from: 'minutes', unit: 'minutes' },
  },
}

let project: TestProject
beforeAll(async () => {
  project = await makeProject()
  await project.write('plays.csv', 'user,title,start,minutes\nu1,Dawn,2024-01-01T10:00:00Z,30\n')
  await project.write('book.pdf', '%PDF-1.7\n')
  await project.write('one/marquee.yaml', 'sorces: []\n')
  await project.write('two/marquee.yaml', 'audience:\n  reachMinutes: soon\n')
  await project.write('three/marquee.yaml', 'rules:\n  duration-zer: {}\n')
  await project.write('four/marquee.yaml', '')
  await project.settings({ sources: [source] })
  await project.ask('build')
})
afterAll(() => project.remove())

/** Runs a command in a folder of the project. */
async function tell(folder: string, ...words: string[]) {
  let out = ''
  let err = ''
  const code = await run(words, {
    out: { write: (text: string) => (out += text) },
    err: { write: (text: string) => (err += text) },
    environment: {},
    folder: join(project.folder, folder),
  })
  return { code, out, err }
}

const told: readonly [string, string, () => string[], number, string[], string[]][] = [
  [
    'a command',
    '.',
    () => ['hot', 'titels'],
    2,
    ['Error [unknown-command] There is no command hot titels.', 'Known: hot titles, hot actors'],
    ['错误 [unknown-command] 没有命令 hot titels。', '可用的命令：hot titles、hot actors'],
  ],
  [
    'an option',
    '.',
    () => ['build', '--jsn'],
    2,
    ['Error [command-line] There is no option --jsn.', 'Did you mean --json?'],
    ['错误 [command-line] 没有选项 --jsn。', '是否应为 --json？'],
  ],
  [
    'a choice',
    '.',
    () => ['add', 'plays.csv', '--kind', 'vewing'],
    2,
    ['--kind must be one of viewing, title,', 'not vewing.', 'Did you mean viewing?'],
    ['--kind 应为其中之一：viewing、title、', '而不是 vewing。', '是否应为 viewing？'],
  ],
  [
    'an argument that is missing',
    '.',
    () => ['add'],
    2,
    ['The argument files is missing.', 'See `marquee add --help`.'],
    ['缺少参数 files。', '请参阅 `marquee add --help`。'],
  ],
  [
    'an argument too many',
    '.',
    () => ['status', 'now'],
    2,
    ['Too many arguments: 1 given, 0 expected.'],
    ['参数过多：应为 0 个，给出了 1 个。'],
  ],
  [
    'an option without its value',
    '.',
    () => ['hot', 'titles', '--limit'],
    2,
    ['The option --limit needs a value.'],
    ['选项 --limit 需要一个值。'],
  ],
  [
    'a value of the wrong type',
    '.',
    () => ['hot', 'titles', '--limit', 'ten'],
    2,
    ['[parameter-invalid] --limit must be a number.', 'value ten'],
    ['[parameter-invalid] --limit 应为数字。', '值 ten'],
  ],
  [
    'a value of the wrong form',
    '.',
    () => ['add', 'plays.csv', '--source', 'a/b'],
    2,
    ['--source may hold letters, digits, _ and - only.'],
    ['--source 只能包含字母、数字、_ 与 -。'],
  ],
  [
    'an unknown key of marquee.yaml',
    'one',
    () => ['build'],
    2,
    ['[settings-unknown-key] marquee.yaml has an unknown key in the top level: sorces.', 'Did you mean sources?'],
    ['[settings-unknown-key] marquee.yaml 的顶层有未知的键：sorces。', '是否应为 sources？'],
  ],
  [
    'a setting of the wrong type',
    'two',
    () => ['build'],
    2,
    ['[settings-invalid] audience.reachMinutes in marquee.yaml must be a number.', 'marquee.yaml:2', 'value soon'],
    ['[settings-invalid] marquee.yaml 的 audience.reachMinutes 应为数字。', 'marquee.yaml:2', '值 soon'],
  ],
  [
    'a rule that is not there',
    'three',
    () => ['build'],
    2,
    ['marquee.yaml has an unknown key in rules: duration-zer.'],
    ['marquee.yaml 的 rules 中有未知的键：duration-zer。'],
  ],
  [
    'a project without a build',
    'four',
    () => ['hot', 'titles'],
    2,
    ['Nothing has been built here yet.', 'Run `marquee build` first.'],
    ['此处尚未构建。', '请先运行 `marquee build`。'],
  ],
  [
    'a file that holds no rows',
    '.',
    () => ['add', join(project.folder, 'book.pdf')],
    3,
    ['[binary-file]', 'book.pdf is a PDF document, not a table of rows.', 'Export its rows as CSV'],
    ['[binary-file]', 'book.pdf 的格式是 PDF 文档，不是数据表。', '请将其数据导出为 CSV'],
  ],
  [
    'a statement that the engine refuses, in its own words',
    '.',
    () => ['query', 'SELECT nothing FROM title'],
    4,
    ['[query-failed] The engine refused the statement: Binder Error', 'value SELECT nothing FROM title'],
    ['[query-failed] 引擎无法执行该语句：Binder Error', '值 SELECT nothing FROM title'],
  ],
]

describe('errors', () => {
  it.each(told)('tell of %s in English and in Chinese', async (_, folder, words, exitCode, english, chinese) => {
    const sentences = { en: english, 'zh-CN': chinese }
    for (const [locale, expected] of Object.entries(sentences)) {
      const { code, out, err } = await tell(folder, '--locale', locale, ...words())
      expect(code).toBe(exitCode)
      expect(out).toBe('')
      for (const sentence of expected) expect(err).toContain(sentence)
    }
  })

  it('hold both languages in JSON', async () => {
    const { err } = await tell('four', 'hot', 'titles', '--json')
    expect(JSON.parse(err)).toEqual({
      error: {
        name: 'InputError',
        code: 'not-built',
        message: { en: 'Nothing has been built here yet.', zh: '此处尚未构建。' },
        advice: { en: 'Run `marquee build` first.', zh: '请先运行 `marquee build`。' },
      },
    })
  })

  it('that nothing foresaw say so and keep their stack', async () => {
    const out = join(project.folder, 'no-such-folder', 'title.csv')
    const { code, err } = await tell('.', '--locale', 'zh-CN', 'quarantine', 'export', out)
    expect(code).toBe(1)
    expect(err).toContain('错误 [unexpected] Marquee 出错：ENOENT')
    expect(err).toContain('Error: ENOENT')
  })
})
