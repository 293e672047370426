import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { parseSparkAddress } from '../../../src/engine/spark/address.ts'
import { SparkSession, sqlRelation } from '../../../src/engine/spark/index.ts'
import type { LocalServer } from '../../../src/engine/spark/local-server.ts'
import { startOldSpark } from '../../support/old-spark.ts'
import { findSpark, startTestServer } from '../../support/spark.ts'
import { openTlsProxy } from '../../support/tls-proxy.ts'

const retry = { retries: 2, firstMilliseconds: 20, mostMilliseconds: 100 }
const settings = { 'spark.connect.authenticate.token': 'right', 'spark.driver.maxResultSize': '1m' }

describe.skipIf(!inject('spark'))('a Spark server with limits', () => {
  let folder: string
  let server: LocalServer
  let port: number
  let isSmall = false
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'marquee-spark-limits-'))
    await mkdir(join(folder, 'local'))
    isSmall = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', join(folder, 'local')]).status === 0
    server = await startTestServer(findSpark()?.submit ?? '', folder, settings)
    port = parseSparkAddress(server.address).port
  })
  afterAll(async () => {
    await server?.stop()
    if (isSmall) spawnSync('umount', [join(folder, 'local')])
    await rm(folder, { recursive: true, force: true })
  })

  async function open(parameters: string, options: { certificates?: string; port?: number } = {}) {
    const { port: asked = port, ...rest } = options
    const session = await SparkSession.connect(`sc://127.0.0.1:${asked}${parameters}`, { retry, ...rest })
    onTestFinished(() => session.close())
    return session
  }

  async function proxied() {
    const proxy = await openTlsProxy(port, folder)
    onTestFinished(() => proxy.close())
    return proxy
  }

  it.each([
    ['a wrong token', ';token=wrong;use_ssl=false'],
    ['no token', ''],
  ])('refuses %s', async (_, parameters) => {
    const refused = open(parameters)
    await expect(refused).rejects.toMatchObject({
      code: 'spark-refused',
      text: {
        en: expect.stringContaining(`127.0.0.1:${port} refuses access`),
        zh: expect.stringContaining('拒绝访问'),
      },
      advice: { en: expect.stringContaining('token') },
    })
    await expect(refused).rejects.not.toThrow('wrong')
  })

  it('lets the right token in, also through TLS', async () => {
    const proxy = await proxied()
    for (const session of [
      await open(';token=right;use_ssl=false'),
      await open(';token=right', { port: proxy.port, certificates: proxy.certificate }),
    ])
      expect(await session.rows(sqlRelation('SELECT 1 AS one'))).toEqual([{ one: 1 }])
  })

  it('says that it speaks no TLS', async () => {
    await expect(open(';token=right')).rejects.toMatchObject({
      code: 'spark-tls',
      text: { en: `The Spark server at 127.0.0.1:${port} speaks no TLS.`, zh: expect.stringContaining('未启用 TLS') },
      advice: { en: expect.stringContaining('use_ssl=false') },
    })
  })

  it('says that its certificate is not trusted', async () => {
    const proxy = await proxied()
    await expect(open(';token=right', { port: proxy.port })).rejects.toMatchObject({
      code: 'spark-tls',
      text: {
        en: expect.stringMatching(/127\.0\.0\.1:\d+ is not trusted: .*self-signed/),
        zh: expect.stringContaining('不受信任'),
      },
      advice: { en: expect.stringContaining('NODE_EXTRA_CA_CERTS') },
    })
  })

  it('is unreachable in the clear where it wants TLS, and says so', async () => {
    const proxy = await proxied()
    await expect(open('', { port: proxy.port })).rejects.toMatchObject({
      code: 'spark-unreachable',
      message: expect.stringContaining(`127.0.0.1:${proxy.port}`),
      advice: { en: expect.stringContaining('use_ssl=true'), zh: expect.stringContaining('use_ssl=true') },
    })
  })

  it('says that a result is too large', async () => {
    const session = await open(';token=right;use_ssl=false')
    const large = sqlRelation("SELECT id, repeat('x', 100) AS text FROM range(0, 100000, 1, 1)")
    await expect(session.rows(large)).rejects.toMatchObject({
      code: 'result-too-large',
      text: { zh: expect.stringContaining('结果过大') },
      advice: { en: expect.stringContaining('spark.driver.maxResultSize') },
    })
  })

  it('says that a disk of its is full, be it while it shuffles or writes', async (context) => {
    if (!isSmall) context.skip('needs the right to mount')
    const session = await open(';token=right;use_ssl=false')
    const hashes = 'SELECT sha2(CAST(id AS STRING), 512) AS hash FROM range(0, 500000, 1, 2)'
    const full = {
      code: 'disk-full',
      text: { en: expect.stringContaining('disk of the Spark cluster'), zh: expect.stringContaining('磁盘已满') },
      advice: { en: expect.stringContaining('spark.local.dir') },
    }
    await expect(
      session.rows(sqlRelation(`SELECT count(*) FROM (${hashes} DISTRIBUTE BY hash)`)),
    ).rejects.toMatchObject(full)
    const path = join(folder, 'local/out')
    await expect(session.write(sqlRelation(hashes), { format: 'parquet', path })).rejects.toMatchObject(full)
    const harmless = "SELECT CAST('No space left on device' AS INT)"
    await expect(session.rows(sqlRelation(harmless))).rejects.toMatchObject({ code: 'query-failed' })
  })

  it('is told from one that is too old', async () => {
    const old = await startOldSpark('3.5.1')
    onTestFinished(() => old.close())
    await expect(open('', { port: old.port })).rejects.toMatchObject({
      code: 'spark-too-old',
      value: '3.5.1',
      text: {
        en: `The Spark server at 127.0.0.1:${old.port} is too old: 3.5.1`,
        zh: expect.stringContaining('版本过低'),
      },
    })
    const recent = await startOldSpark('4.0.0')
    onTestFinished(() => recent.close())
    const session = await open(';token=right;use_ssl=false;x-cluster-id=7', { port: recent.port })
    expect(await session.version()).toBe('4.0.0')
    expect(recent.headers()).toMatchObject({ authorization: 'Bearer right', 'x-cluster-id': '7' })
  })
})
