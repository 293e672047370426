import { parametersOf } from '../../src/cli/parameters.ts'
import type { Question } from '../../src/question.ts'

/** Parameters of a question. */
export type Given = Readonly<Record<string, unknown>>

/** Values for the parameters of questions that have no list of choices, by `question parameter` or by their name alone. */
export type Samples = Readonly<Record<string, readonly unknown[]>>

/**
 * Parameters that ask `question` plainly, with all choices of its lists, and with each of its parameters set to each of `samples`, else to
 * each of its choices, one at a time: choices are set with all lists, other values alone, numbers, which change no statement, together.
 * @throws Error for a parameter without any
 */
export function waysToAsk(question: Question, samples: Samples): Given[] {
  const parameters = parametersOf(question)
  const valuesOf = ({ name, type, choices }: (typeof parameters)[number]): readonly unknown[] => {
    const values = samples[`${question.name} ${name}`] ?? samples[name]
    if (values?.length) return values
    if (type === 'boolean') return [true]
    if (choices.length > 0) return choices
    throw new Error(`No value for the parameter ${name} of ${question.name}`)
  }
  const first = (those: typeof parameters): Given =>
    Object.fromEntries(those.map((parameter) => [parameter.name, valuesOf(parameter)[0]]))
  const isListOfChoices = ({ type, choices }: (typeof parameters)[number]) => type === 'list' && choices.length > 0
  const plain = first(parameters.filter(({ isRequired }) => isRequired))
  const lists = parameters.filter(isListOfChoices).map(({ name, choices }) => [name, choices])
  const whole: Given = { ...plain, ...Object.fromEntries(lists) }
  const numbers = parameters.filter(({ type, isRequired }) => type === 'number' && !isRequired)
  const single = parameters
    .filter((parameter) => !numbers.includes(parameter) && !isListOfChoices(parameter))
    .flatMap((parameter) => {
      const others = parameter.choices.length > 0 ? whole : plain
      return valuesOf(parameter).map((value) => ({ ...others, [parameter.name]: value }))
    })
  const ways = [plain, whole, ...single, { ...plain, ...first(numbers) }]
  const explicit = (way: Given) => JSON.stringify(parameters.map(({ name, fallback }) => way[name] ?? fallback))
  return [...new Map(ways.map((way) => [explicit(way), way])).values()]
}
