import { type ErrorDetails, QueryError } from '../../errors.ts'
import type { Text } from '../../text.ts'
import { type Description, describeFailure, tooOld } from './describe-failure.ts'
import { type FailureStatus, isServiceError, readFailure } from './status.ts'
import type { Transport } from './transport.ts'

/** What Spark refused or failed, with Spark's own error class and SQLSTATE where it gave them. */
export class SparkError extends QueryError {
  /** As in TABLE_OR_VIEW_NOT_FOUND. */
  readonly errorClass: string | undefined
  /** Five characters, as in 42P01. */
  readonly sqlState: string | undefined

  constructor(text: Text, details: ErrorDetails, failure: Pick<FailureStatus, 'errorClass' | 'sqlState'>) {
    super(text, details)
    this.errorClass = failure.errorClass
    this.sqlState = failure.sqlState
  }
}

/** Turns what a call threw into a `SparkError`; what is none of gRPC's failures is given back as it is. */
export async function explainFailure(
  error: unknown,
  context: { readonly transport: Transport; readonly label: string; readonly statement: string | undefined },
): Promise<unknown> {
  if (!isServiceError(error)) return error
  const first = readFailure(error)
  const failure = first.errorId === undefined ? first : { ...first, ...(await fetchDetails(context.transport, first)) }
  return asError(describeFailure(failure, context.label), failure, { cause: error, value: context.statement })
}

/** @throws SparkError `spark-too-old` for a server before Spark 4 */
export function demandSpark4(version: string, label: string): void {
  const major = Number(/^(\d+)\./.exec(version)?.[1] ?? 4)
  if (major < 4) throw asError(tooOld(label, version), {}, { value: version })
}

function asError(
  { code, text, advice }: Description,
  failure: Partial<FailureStatus>,
  { cause, value }: Pick<ErrorDetails, 'cause' | 'value'>,
): SparkError {
  const { errorClass, sqlState } = failure
  const details = { code, cause, value, ...(advice === undefined ? {} : { advice }) }
  return new SparkError(text, details, { errorClass, sqlState })
}

/** The whole message and the class of the error itself, which the trailer may cut. */
async function fetchDetails(transport: Transport, failure: FailureStatus): Promise<Partial<FailureStatus>> {
  try {
    const { rootErrorIdx = 0, errors } = await transport.callOnce(
      'FetchErrorDetails',
      { errorId: failure.errorId ?? '' },
      5000,
    )
    const root = errors[rootErrorIdx]
    const { errorClass, sqlState } = root?.sparkThrowable ?? {}
    return {
      ...(root?.message ? { message: root.message } : {}),
      ...(errorClass ? { errorClass } : {}),
      ...(sqlState ? { sqlState } : {}),
      causes: errors.flatMap(({ message }) => message ?? []),
    }
  } catch {
    return {}
  }
}
