import { sharedFunctions } from '../shared-functions.ts'
import { splitStatement } from './split-statement.ts'

/** What a call is written out as: `pieces` with an argument between every two, that at the same index of `places`. */
interface Body {
  readonly pieces: readonly string[]
  readonly places: readonly number[]
  readonly parameters: number
}

/** What stands before a name that is no call though a parenthesis follows: `AS epoch(a, b)`. */
const naming = /^(?:[.)]|AS|WITH|FUNCTION)$/i

/** Those of `sharedFunctions` that can be written out, by name; a function calls only those before it. */
const bodies = new Map<string, Body>()
for (const [name, { parameters, spark }] of Object.entries(sharedFunctions)) {
  const body = spark === undefined ? undefined : bodyOf(spark, Object.keys(parameters))
  if (body) bodies.set(name, body)
}

/** None for a lambda, which evaluates what it names for each item. */
function bodyOf(text: string, parameters: readonly string[]): Body | undefined {
  if (text.includes('->')) return undefined
  const pieces = ['']
  const places: number[] = []
  for (const token of tokensOf(inlineFunctions(text))) {
    const place = parameters.indexOf(token)
    if (place >= 0) {
      places.push(place)
      pieces.push('')
    } else pieces.push(`${pieces.pop()}${token}`)
  }
  return { pieces, places, parameters: parameters.length }
}

/**
 * `statement` with the calls of shared functions as the expressions that they stand for, but for calls that would then evaluate an
 * argument twice. Spark evaluates those of a function for all rows, also in a branch of CASE that few of them reach.
 */
export function inlineFunctions(statement: string): string {
  return written(tokensOf(statement))
}

function tokensOf(statement: string): string[] {
  return splitStatement(statement).flatMap(({ kind, source }) => {
    if (kind === 'comment') return [source.startsWith('/*+') ? source : ' ']
    return kind === 'plain' ? (source.match(/[\p{L}\p{N}_$]+|\s+|[^\p{L}\p{N}_$\s]/gu) ?? []) : [source]
  })
}

function written(tokens: readonly string[]): string {
  let text = ''
  for (let at = 0; at < tokens.length; at += 1) {
    const call = callAt(tokens, at)
    text += call ? call.text : tokens[at]
    at = call ? call.end : at
  }
  return text
}

/** The call that begins at token `at`, written out, and its last token. */
function callAt(tokens: readonly string[], at: number): { text: string; end: number } | undefined {
  const body = bodies.get(tokens[at]?.toLowerCase() ?? '')
  if (!body || naming.test(tokens[besides(tokens, at, -1)] ?? '')) return undefined
  const open = besides(tokens, at, 1)
  if (tokens[open] !== '(') return undefined
  const given = argumentsAt(tokens, open)
  if (given?.list.length !== body.parameters || !fits(body, given.list)) return undefined
  const filled = body.pieces.map((piece, index) => `${piece}${given.list[body.places[index] ?? -1] ?? ''}`)
  return { text: `(${filled.join('')})`, end: given.end }
}

/** Whether each argument is evaluated once, and `?` keep their places; names and constants may stand anywhere. */
function fits({ places, parameters }: Body, list: readonly string[]): boolean {
  const isOnceInOrder = places.length === parameters && places.every((place, index) => place === index)
  return list.every((argument) => argument !== '' && (isOnceInOrder || !/^[(?]/.test(argument)))
}

/** The nearest token after `at` (or before it, with the step -1) that is not blank. */
function besides(tokens: readonly string[], at: number, step: 1 | -1): number {
  let found = at + step
  while (tokens[found]?.trim() === '') found += step
  return found
}

/** The arguments, each as an operand of any expression, of the call whose parenthesis is token `open`, and the token that closes it. */
function argumentsAt(tokens: readonly string[], open: number): { list: readonly string[]; end: number } | undefined {
  const list: string[] = []
  let depth = 0
  let start = open + 1
  for (let at = open; at < tokens.length; at += 1) {
    const token = tokens[at] ?? ''
    if (/^[([{]$/.test(token)) depth += 1
    if (/^[)\]}]$/.test(token)) depth -= 1
    if (depth > 1 || (depth === 1 && token !== ',')) continue
    list.push(operand(tokens.slice(start, at)))
    start = at + 1
    if (depth === 0) return { list, end: at }
  }
  return undefined
}

function operand(tokens: readonly string[]): string {
  const text = written(tokens).trim()
  return tokens.filter((token) => token.trim() !== '').length > 1 ? `(${text})` : text
}
