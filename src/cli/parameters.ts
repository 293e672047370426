import { Argument, type Command, Option } from 'commander'
import { z } from 'zod'
import { describeIssue } from '../describe-issue.ts'
import { InputError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { Question } from '../question.ts'
import { type Locale, say } from '../text.ts'

/** One parameter of a question, as the command line needs it. */
export interface Parameter {
  readonly name: string
  readonly flag: string
  readonly type: 'text' | 'number' | 'boolean' | 'list'
  readonly choices: readonly string[]
  readonly fallback: unknown
  readonly isRequired: boolean
  /** Orders it among the words on the command line; undefined for an option. */
  readonly position: number | undefined
  readonly description: { readonly en: string; readonly zh: string }
}

interface Property {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly items?: { readonly enum?: readonly string[] }
  readonly default?: unknown
  readonly description?: string
  readonly zh?: string
  readonly position?: number
}

const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The parameters of a question, in the order of its declaration. */
export function parametersOf(question: Question): Parameter[] {
  const schema = z.toJSONSchema(question.parameters, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Property>
    required?: string[]
  }
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    flag: `--${kebab(name)}`,
    type:
      property.type === 'array'
        ? 'list'
        : property.type === 'boolean'
          ? 'boolean'
          : isNumeric(property)
            ? 'number'
            : 'text',
    choices: property.enum ?? property.items?.enum ?? [],
    fallback: property.default,
    isRequired: schema.required?.includes(name) ?? false,
    position: property.position,
    description: { en: property.description ?? name, zh: property.zh ?? name },
  }))
}

function isNumeric(property: Property): boolean {
  return property.type === 'number' || property.type === 'integer'
}

/** Positional parameters in the order in which they are typed. */
function positionals(parameters: readonly Parameter[]): Parameter[] {
  return parameters
    .filter(({ position }) => position !== undefined)
    .sort((left, right) => (left.position ?? 0) - (right.position ?? 0))
}

const placeOf = (parameter: Parameter, parameters: readonly Parameter[]) => positionals(parameters).indexOf(parameter)

/** Adds a question's parameters to a command. */
export function declareParameters(command: Command, parameters: readonly Parameter[], locale: Locale): void {
  for (const parameter of positionals(parameters)) {
    const dots = parameter.type === 'list' ? '...' : ''
    const name = kebab(parameter.name)
    command.addArgument(
      new Argument(parameter.isRequired ? `<${name}${dots}>` : `[${name}${dots}]`, say(parameter.description, locale)),
    )
  }
  for (const parameter of parameters) {
    if (parameter.position !== undefined) continue
    const value = parameter.type === 'boolean' ? '' : parameter.type === 'list' ? ' <value...>' : ` <${parameter.type}>`
    const option = new Option(`${parameter.flag}${value}`, say(parameter.description, locale))
    if (parameter.choices.length > 0) option.choices(parameter.choices)
    if (parameter.fallback !== undefined && parameter.fallback !== false) option.default(parameter.fallback)
    if (parameter.isRequired) option.makeOptionMandatory()
    command.addOption(option)
  }
}

/**
 * The parameters as the question declares them, from what the command line gave.
 * @throws InputError naming the flag and the value.
 */
export function readParameters(
  question: Question,
  parameters: readonly Parameter[],
  positional: readonly unknown[],
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const given: Record<string, unknown> = {}
  const typed: Record<string, unknown> = {}
  for (const parameter of parameters) {
    const value =
      parameter.position === undefined ? options[parameter.name] : positional[placeOf(parameter, parameters)]
    if (value === undefined || (Array.isArray(value) && value.length === 0 && !parameter.isRequired)) continue
    typed[parameter.name] = value
    given[parameter.name] = parameter.type === 'number' && typeof value === 'string' ? Number(value) : value
  }
  const result = question.parameters.safeParse(given)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const name = String(issue?.path[0] ?? '')
  const parameter = parameters.find((candidate) => candidate.name === name)
  const guess = parameter ? nearest(String(typed[name]), parameter.choices) : undefined
  const label = parameter?.position === undefined ? (parameter?.flag ?? name) : kebab(name)
  const problem = issue && describeIssue(issue, typed[name])
  throw new InputError(
    { en: `${label} ${problem?.en}.`, zh: `${label} ${problem?.zh}。` },
    {
      code: 'parameter-invalid',
      value: typed[name],
      ...(guess ? { advice: { en: `Did you mean ${guess}?`, zh: `是否应为 ${guess}？` } } : {}),
    },
  )
}
