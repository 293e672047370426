import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect, main } from '../support/command.ts'
import { makeProject, type TestProject } from '../support/project.ts'

let project: TestProject
beforeAll(async () => {
  project = await makeProject()
  await project.ask('init', project.folder)
  await project.write('log.csv', 'user_id,title,minutes_watched\nu1,Dawn,30\n')
  await project.ask('add', join(project.folder, 'log.csv'), '--kind', 'viewing')
  await project.ask('build')
})
afterAll(() => project.remove())

describe('standard output', () => {
  it('may be closed by who reads it', async () => {
    const child = spawn(process.execPath, [main, 'query', 'SELECT * FROM range(100000)', '--project', project.folder])
    child.stdout.destroy()
    expect(await collect(child)).toEqual({ code: 0, out: '', err: '' })
  })

  it.runIf(process.platform === 'linux')('may be on a disk that is full', async () => {
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [main, 'status', '--project', project.folder], {
      stdio: ['ignore', full, 'pipe'],
    })
    closeSync(full)
    const { code, err } = await collect(child)
    expect(err).toContain('[disk-full]')
    expect(code).toBe(3)
  })
})

describe('a file to write', () => {
  it.each([
    ['export', 'title', '--out'],
    ['export', 'title', '--format', 'parquet', '--out'],
    ['report', '--out'],
    ['quarantine', 'export'],
  ])('%s does not replace what is no file', async (...words) => {
    const folder = join(project.folder, 'folder')
    await mkdir(folder, { recursive: true })
    const { code, err } = await project.run(...words, folder)
    expect(err).toContain('[not-a-file]')
    expect(code).toBe(2)
    expect(await readdir(folder)).toEqual([])
    expect((await readdir(project.folder)).filter((name) => name.includes('partial'))).toEqual([])
  })
})

it('shows no control characters of a file or a setting', async () => {
  await project.write('marquee.yaml', 'version: 1\nmemory: "\\e[2J"\n')
  const { err } = await project.run('build')
  expect(err).toContain('\\x1b[2J')
  expect(err.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
})
