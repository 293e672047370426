import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { sparkUp } from '../../src/commands/spark-up.ts'
import { parseSparkAddress } from '../../src/engine/spark/address.ts'
import { SparkSession, sqlRelation } from '../../src/engine/spark/index.ts'
import { collect, type Ended, main } from '../support/command.ts'
import { freePort } from '../support/free-port.ts'
import { findSpark } from '../support/spark.ts'

const spark = inject('spark')
const submit = findSpark()?.submit ?? ''

interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** Where the command and its server keep their files. */
  readonly temporary: string
}

/** Starts `marquee spark up` where the only Spark is the one that `environment` or `words` name. */
async function up(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Running> {
  const temporary = await mkdtemp(join(tmpdir(), 'marquee-up-'))
  const env = { PATH: process.env.PATH, TMPDIR: temporary, MARQUEE_LOCALE: 'en', ...environment }
  const child = spawn(process.execPath, [main, 'spark', 'up', ...words], { cwd: temporary, env })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await rm(temporary, { recursive: true, force: true })
  })
  return { child, ended: collect(child), temporary }
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0)
  } catch {
    return false
  }
}

async function firstText(child: ChildProcess): Promise<string> {
  const [text] = await once(child.stdout ?? child, 'data')
  return String(text)
}

describe.skipIf(!spark)('spark up', () => {
  test('serves this machine until Ctrl-C and leaves neither process nor file', async () => {
    const [, , , ...words] =
      sparkUp.examples
        .at(-1)
        ?.replace('15003', String(await freePort()))
        .split(' ') ?? []
    const { child, ended, temporary } = await up(words, { SPARK_HOME: join(submit, '../..') })
    const answer = sparkUp.result.parse(JSON.parse(await firstText(child)))
    onTestFinished(() => {
      if (isAlive(answer.processId)) process.kill(answer.processId, 'SIGKILL')
    })
    const session = await SparkSession.connect(answer.address)
    expect(await session.rows(sqlRelation('SELECT 1 AS one'))).toEqual([{ one: 1 }])
    expect(await session.setting('spark.connect.grpc.binding.address')).toBe('127.0.0.1')
    await session.close()
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 0 })
    expect(isAlive(answer.processId)).toBe(false)
    expect(await readdir(temporary)).toEqual([])
  })

  test('says so when the server ends by itself', async () => {
    const { child, ended } = await up(['--port', String(await freePort()), '--memory', '1g', '--spark-submit', submit])
    const shown = await firstText(child)
    const address = /sc:\S+/.exec(shown)?.[0] ?? ''
    expect(shown).toContain(`engine: spark\nspark:\n  address: ${address}\n`)
    const server = Number(execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' }))
    process.kill(server, 'SIGKILL')
    expect(await ended).toMatchObject({
      code: 2,
      err: expect.stringContaining(`spark-ended] The Spark server at ${address}`),
    })
  })

  test('stops while Spark is starting', async () => {
    const { child, ended, temporary } = await up(['--port', String(await freePort()), '--spark-submit', submit])
    await once(child.stderr ?? child, 'data')
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 130, out: '' })
    expect(await readdir(temporary)).toEqual([])
  })

  test('names the port that is taken', async () => {
    const { port } = parseSparkAddress(spark?.address ?? '')
    const { ended } = await up(['--port', String(port), '--spark-submit', submit])
    expect(await ended).toMatchObject({ code: 2, err: expect.stringContaining(`[port-taken] Port ${port}`) })
  })

  test.each([
    ['en', 'spark-not-found] There is no Spark', '.spark-venv/bin/pip install'],
    ['zh-CN', 'spark-not-found] 本机未找到 Spark', '.spark-venv/bin/pip install'],
  ])('says in %s how to install Spark', async (locale, told, advice) => {
    const { ended } = await up(['--locale', locale], { PATH: join(process.execPath, '..') })
    const { code, err } = await ended
    expect(code).toBe(2)
    expect(err).toContain(told)
    expect(err).toContain(advice)
  })

  test.each([
    ['none', undefined, 'There is no Java'],
    ['an old one', 'openjdk version "11.0.2"', 'Java 11 is too old'],
  ])('says which Java is needed where there is %s', async (_, version, told) => {
    const home = await mkdtemp(join(tmpdir(), 'marquee-java-'))
    onTestFinished(() => rm(home, { recursive: true, force: true }))
    if (version !== undefined) {
      await writeFile(join(home, 'java'), `#!/bin/sh\necho '${version}' >&2\n`)
      await chmod(join(home, 'java'), 0o755)
    }
    const { ended } = await up(['--spark-submit', submit], { PATH: home })
    expect(await ended).toMatchObject({ code: 2, err: expect.stringContaining(`java-not-found] ${told}`) })
  })

  test('refuses a size that Java does not know', async () => {
    const { ended } = await up(['--memory', '2 GB'])
    expect(await ended).toMatchObject({ code: 2, err: expect.stringContaining('--memory must be a size as in 2g') })
  })
})
