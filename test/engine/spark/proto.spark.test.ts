import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import protobuf from 'protobufjs'
import { describe, expect, it } from 'vitest'
import { findSpark } from '../../support/spark.ts'

interface FieldFacts {
  readonly number: number
  readonly type: string
  readonly repeated: boolean
  readonly oneof: string | null
}

interface Protocol {
  readonly messages: Record<string, Record<string, FieldFacts>>
  readonly enums: Record<string, Record<string, number>>
  readonly calls: Record<string, readonly [request: string, response: string, isStream: boolean]>
}

const spark = findSpark()
const name = (object: protobuf.ReflectionObject) => object.fullName.slice(1)

function typeOf(field: protobuf.Field): string {
  const type = field.resolve().resolvedType ? name(field.resolvedType as protobuf.Type) : field.type
  return field instanceof protobuf.MapField ? `map<${field.keyType}, ${type}>` : type
}

/** What our own .proto says, in the same shape as the installed Spark's. */
function ownProtocol(): Protocol {
  const folder = join(import.meta.dirname, '../../../src/engine/spark/proto')
  const root = new protobuf.Root().loadSync(
    ['spark-connect.proto', 'google-rpc.proto'].map((file) => join(folder, file)),
    { keepCase: true },
  )
  const own: Protocol = { messages: {}, enums: {}, calls: {} }
  const visit = (space: protobuf.NamespaceBase) => {
    for (const item of space.nestedArray) {
      if (item instanceof protobuf.Enum) own.enums[name(item)] = item.values
      if (item instanceof protobuf.Service)
        for (const call of item.methodsArray) {
          call.resolve()
          if (call.resolvedRequestType && call.resolvedResponseType)
            own.calls[call.name] = [
              name(call.resolvedRequestType),
              name(call.resolvedResponseType),
              call.responseStream === true,
            ]
        }
      if (item instanceof protobuf.Type && !name(item).startsWith('google.protobuf'))
        own.messages[name(item)] = Object.fromEntries(
          item.fieldsArray.map((field) => [
            field.name,
            {
              number: field.id,
              type: typeOf(field),
              repeated: field.repeated,
              oneof: field.partOf?.name ?? null,
            },
          ]),
        )
      if (item instanceof protobuf.Namespace) visit(item)
    }
  }
  visit(root)
  return own
}

describe.skipIf(!spark)('the protocol', () => {
  it('is that of the installed Spark, field by field', () => {
    const script = join(import.meta.dirname, 'describe-protos.py')
    const installed = JSON.parse(
      execFileSync(spark?.python ?? '', [script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    ) as Protocol
    const own = ownProtocol()
    const fields = Object.values(own.messages).flatMap((message) => Object.keys(message))
    expect(fields.length).toBeGreaterThan(150)
    expect(Object.keys(own.calls)).toHaveLength(8)
    for (const [message, facts] of Object.entries(own.messages))
      for (const [field, fact] of Object.entries(facts))
        expect(installed.messages[message]?.[field], `${message}.${field}`).toEqual(fact)
    for (const [message] of Object.entries(own.messages)) expect(installed.messages).toHaveProperty([message])
    for (const [item, values] of Object.entries(own.enums)) expect(installed.enums[item], item).toEqual(values)
    for (const [call, types] of Object.entries(own.calls)) expect(installed.calls[call], call).toEqual(types)
  })
})
