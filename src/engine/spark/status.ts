import { Metadata, type ServiceError } from '@grpc/grpc-js'
import { decoder } from './codec.ts'

/** What a failed call says of itself. */
export interface FailureStatus {
  /** gRPC's status code. */
  readonly grpcCode: number
  readonly message: string
  /** What lies behind it, as far as Spark tells. */
  readonly causes: readonly string[]
  /** Spark's error class, as in TABLE_OR_VIEW_NOT_FOUND. */
  readonly errorClass: string | undefined
  readonly sqlState: string | undefined
  /** By which FetchErrorDetails tells the rest. */
  readonly errorId: string | undefined
}

interface RpcStatus {
  readonly message?: string
  readonly details: readonly { readonly type_url: string; readonly value: Uint8Array }[]
}

interface ErrorInfo {
  readonly metadata: Readonly<Record<string, string>>
}

const decodeStatus = decoder<RpcStatus>('google.rpc.Status')
const decodeErrorInfo = decoder<ErrorInfo>('google.rpc.ErrorInfo')

/** Whether `error` is the failure of a gRPC call. */
export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && 'metadata' in error && error.metadata instanceof Metadata
}

/** Whether `message` is about a connection that TLS kept from being. */
export function isTlsFailure(message: string): boolean {
  return /SSL routines|EPROTO|certificate|altname/i.test(message)
}

/** Reads the trailer grpc-status-details-bin of a failed call. */
export function readFailure(error: ServiceError): FailureStatus {
  const [trailer] = error.metadata.get('grpc-status-details-bin')
  const status = Buffer.isBuffer(trailer) ? decodeStatus(trailer) : undefined
  const packed = status?.details.find((detail) => detail.type_url.endsWith('google.rpc.ErrorInfo'))
  const info = packed ? decodeErrorInfo(packed.value).metadata : {}
  const message = status?.message || error.details
  return {
    grpcCode: error.code,
    message,
    causes: [],
    errorClass: info.errorClass ?? /^\[([A-Z][A-Z0-9_.]+)\]/.exec(message)?.[1],
    sqlState: info.sqlState ?? /SQLSTATE: (\w{5})/.exec(message)?.[1],
    errorId: info.errorId,
  }
}
