import { linkSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { run } from '../../src/cli/run.ts'
import { encoder } from '../../src/engine/spark/codec.ts'
import type { MethodName, Plan, RequestOf, ResponseOf, StreamName, UnaryName } from '../../src/engine/spark/messages.ts'
import { Transport } from '../../src/engine/spark/transport.ts'
import type { Happening, Recorded, Recording } from './recording.ts'

/**
 * Builds the project `folder` in this process and records what it asks of Spark. The copies of raw files that the build makes and
 * removes are kept in `copies`, by their paths within the project.
 */
export async function recordBuild(folder: string, copies: string): Promise<Recording> {
  const calls: Recorded[] = []
  const happenings: Happening[] = []
  const callsByName: Record<string, number> = {}
  const operations = new Map<string, Recorded>()
  const begin = (method: MethodName, request: object): Recorded => {
    keepCopies(request, folder, copies)
    const bytes = encoder(`spark.connect.${method}Request`)(request).toString('base64')
    const startedAt = performance.now()
    const call = { id: calls.length, method, bytes, ...describe(method, request), startedAt, endedAt: 0, rows: 0 }
    calls.push(call)
    happenings.push({ start: call.id })
    return call
  }
  const end = (call: Recorded) => {
    call.endedAt = performance.now()
    happenings.push({ end: call.id })
  }
  const count = (name: MethodName) => {
    callsByName[name] = (callsByName[name] ?? 0) + 1
  }

  const { stream, callOnce, send } = Transport.prototype
  const { rename } = fs
  Transport.prototype.stream = async function* <Name extends StreamName>(
    this: Transport,
    name: Name,
    request: RequestOf<Name>,
  ): AsyncGenerator<ResponseOf<Name>> {
    count(name)
    const call = operations.get(request.operationId) ?? begin(name, request)
    operations.set(request.operationId, call)
    for await (const response of stream.call(this, name, request)) {
      call.rows += response.arrowBatch?.rowCount ?? 0
      yield response as ResponseOf<Name>
    }
  }
  Transport.prototype.callOnce = async function <Name extends UnaryName>(
    this: Transport,
    name: Name,
    request: RequestOf<Name>,
    deadlineMilliseconds?: number,
  ): Promise<ResponseOf<Name>> {
    count(name)
    const call = name === 'AnalyzePlan' || name === 'Config' ? begin(name, request) : undefined
    const response = await callOnce.call(this, name, request, deadlineMilliseconds)
    if (call) end(call)
    return response as ResponseOf<Name>
  }
  Transport.prototype.send = function <Name extends UnaryName>(this: Transport, name: Name, request: RequestOf<Name>) {
    const ended = 'releaseAll' in request ? operations.get(request.operationId) : undefined
    if (ended) end(ended)
    send.call(this, name, request)
  }
  fs.rename = async (from, to) => {
    const files = statSync(from).isDirectory() ? readdirSync(from).filter((file) => file.startsWith('part-')) : []
    await rename(from, to)
    if (files.length > 0) happenings.push({ rename: String(from), to: String(to), files: files.sort() })
  }
  syncBuiltinESMExports()
  try {
    const started = performance.now()
    let said = ''
    const silent = { write: (text: string) => (said += text) }
    const terminal = { out: { write: () => undefined }, err: silent, environment: {}, folder }
    if ((await run(['build', '--project', folder, '--json'], terminal)) !== 0) throw new Error(said)
    return { folder, calls, happenings, callsByName, milliseconds: performance.now() - started }
  } finally {
    Object.assign(Transport.prototype, { stream, callOnce, send })
    fs.rename = rename
    syncBuiltinESMExports()
  }
}

/** The files that `request` reads are there now and may be gone soon; raw files stay. */
function keepCopies(request: object, folder: string, copies: string): void {
  JSON.stringify(request, (key, value) => {
    if (key === 'data') return undefined
    if (key === 'paths') {
      for (const path of value as readonly string[]) {
        const within = relative(folder, path)
        if (within.startsWith('raw') || !statSync(path).isFile()) continue
        mkdirSync(dirname(join(copies, within)), { recursive: true })
        linkSync(path, join(copies, within))
      }
    }
    return value
  })
}

function describe(method: MethodName, request: { readonly plan?: Plan }): { kind: string; statement: string } {
  const statement = /"query":"((?:[^"\\]|\\.)*)"/.exec(JSON.stringify(request, withoutData))?.[1] ?? ''
  if (!request.plan) return { kind: method, statement }
  if ('root' in request.plan) return { kind: 'query', statement }
  const [kind = ''] = Object.keys(request.plan.command)
  return { kind, statement }
}

const withoutData = (key: string, value: unknown) => (key === 'data' ? undefined : value)
