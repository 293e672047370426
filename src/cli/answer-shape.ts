import { z } from 'zod'
import type { Text } from '../text.ts'

/** How the terminal shows one part of an answer, as its declaration says. */
export interface Shape {
  readonly kind: 'value' | 'text' | 'list' | 'record' | 'map'
  /** Heading of a column or line; undefined where the declaration gives none. */
  readonly label: Text | undefined
  /** Title above a table. */
  readonly title: Text | undefined
  readonly unit: string | undefined
  readonly as: 'path' | 'prose' | 'code' | undefined
  readonly words: Readonly<Record<string, Text>>
  readonly isDetail: boolean
  readonly most: number
  readonly except: Readonly<Record<string, unknown>>
  /** Of a record. */
  readonly properties: Readonly<Record<string, Shape>>
  /** Of a list. */
  readonly item: Shape | undefined
}

interface Schema {
  readonly type?: string
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly description?: string
  readonly zh?: string
  readonly short?: Text
  readonly unit?: string
  readonly as?: Shape['as']
  readonly words?: Shape['words']
  readonly detail?: boolean
  readonly most?: number
  readonly except?: Shape['except']
}

/** The shape of the answers that `result` declares. */
export function shapeOf(result: z.ZodType): Shape {
  return readShape(z.toJSONSchema(result, { unrepresentable: 'any' }) as Schema)
}

/** The shape of a value that is declared nowhere, as the columns of a query are. */
export const undeclared = (name: string): Shape =>
  readShape({ description: name, zh: name, unit: /(^|_)(id|line)$/.test(name) ? 'line' : 'undeclared' })

function readShape(node: Schema): Shape {
  const schema = { ...node.anyOf?.find(({ type }) => type !== 'null'), ...node }
  const properties = schema.properties ?? {}
  const names = Object.keys(properties)
  const { description, zh, short } = schema
  const title = description === undefined || zh === undefined ? undefined : { en: description, zh }
  return {
    kind: kindOf(schema, names),
    label: short ?? title,
    title,
    unit: schema.unit,
    as: schema.as,
    words: schema.words ?? {},
    isDetail: schema.detail ?? false,
    most: schema.most ?? Infinity,
    except: schema.except ?? {},
    properties: Object.fromEntries(names.map((name) => [name, readShape(properties[name] ?? {})])),
    item: schema.items ? readShape(schema.items) : undefined,
  }
}

function kindOf({ type }: Schema, names: readonly string[]): Shape['kind'] {
  if (type === 'array') return 'list'
  if (type !== 'object') return 'value'
  if (names.length === 2 && names.includes('en') && names.includes('zh')) return 'text'
  return names.length > 0 ? 'record' : 'map'
}
