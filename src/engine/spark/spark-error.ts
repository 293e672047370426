import { status } from '@grpc/grpc-js'
import { type ErrorDetails, QueryError } from '../../errors.ts'
import type { Text } from '../../text.ts'
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
  const { code, text, advice } = describe(failure, context.label)
  const details: ErrorDetails = {
    code,
    cause: error,
    ...(context.statement === undefined ? {} : { value: context.statement }),
    ...(advice === undefined ? {} : { advice }),
  }
  return new SparkError(text, details, failure)
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
    }
  } catch {
    return {}
  }
}

interface Description {
  readonly code: string
  readonly text: Text
  readonly advice?: Text
}

function describe({ grpcCode, errorClass, message }: FailureStatus, label: string): Description {
  if (errorClass === 'OPERATION_CANCELED')
    return { code: 'interrupted', text: { en: 'The statement was stopped.', zh: '语句已中断。' } }
  if (errorClass?.startsWith('INVALID_HANDLE.'))
    return {
      code: 'spark-session-lost',
      text: {
        en: `The session on the Spark server at ${label} is gone: ${message}`,
        zh: `Spark 服务器 ${label} 上的会话已失效：${message}`,
      },
      advice: {
        en: 'The server was started again or the session was idle for too long: run the command again.',
        zh: '服务器已重启或会话空闲过久：请重新运行命令。',
      },
    }
  if (grpcCode === status.UNAVAILABLE || grpcCode === status.DEADLINE_EXCEEDED)
    return {
      code: 'spark-unreachable',
      text: {
        en: `The Spark server at ${label} cannot be reached: ${message}`,
        zh: `无法连接 Spark 服务器 ${label}：${message}`,
      },
      advice: {
        en: 'Check that it runs, that the address and use_ssl are right and that no firewall is between.',
        zh: '请检查服务器是否运行、地址与 use_ssl 是否正确、是否被防火墙阻挡。',
      },
    }
  if (grpcCode === status.UNAUTHENTICATED || grpcCode === status.PERMISSION_DENIED)
    return {
      code: 'spark-refused',
      text: {
        en: `The Spark server at ${label} refused the token: ${message}`,
        zh: `Spark 服务器 ${label} 拒绝了令牌：${message}`,
      },
      advice: { en: 'Set the right `token` in the address.', zh: '请在地址中填写正确的 `token`。' },
    }
  if (grpcCode === status.UNIMPLEMENTED)
    return {
      code: 'spark-too-old',
      text: {
        en: `The server at ${label} does not know this call: ${message}`,
        zh: `服务器 ${label} 不支持该调用：${message}`,
      },
      advice: { en: 'Spark 4.0 or newer is needed.', zh: '需要 Spark 4.0 或更新版本。' },
    }
  return {
    code: 'query-failed',
    text: { en: `The engine refused the statement: ${message}`, zh: `引擎无法执行该语句：${message}` },
  }
}
