/** The messages of proto/spark-connect.proto as this client writes and reads them. */

/** A parameter's value on the wire. */
export type Literal =
  | { readonly null: DataType }
  | { readonly boolean: boolean }
  | { readonly integer: number }
  | { readonly long: string }
  | { readonly double: number }
  | { readonly decimal: { readonly value: string; readonly precision: number; readonly scale: number } }
  | { readonly string: string }
  | { readonly timestamp: string }

export type Expression =
  | { readonly literal: Literal }
  | { readonly unresolvedAttribute: { readonly unparsedIdentifier: string; readonly isMetadataColumn?: boolean } }
  | { readonly unresolvedStar: Record<string, never> }
  | { readonly alias: { readonly expr: Expression; readonly name: readonly string[] } }

/** What Spark can read as a table: build one with `sqlRelation`, `filesRelation`, `tableRelation` or `localRelation`. */
export type Relation =
  | {
      readonly sql: {
        readonly query: string
        readonly posArguments?: readonly Expression[]
        readonly namedArguments?: Readonly<Record<string, Expression>>
      }
    }
  | {
      readonly read:
        | { readonly namedTable: { readonly unparsedIdentifier: string } }
        | {
            readonly dataSource: {
              readonly format: string
              readonly schema?: string
              readonly options: Readonly<Record<string, string>>
              readonly paths: readonly string[]
            }
          }
    }
  | { readonly localRelation: { readonly data: Uint8Array } }
  | { readonly project: { readonly input: Relation; readonly expressions: readonly Expression[] } }
  | {
      readonly repartition: { readonly input: Relation; readonly numPartitions: number; readonly shuffle: boolean }
    }
  | { readonly mlRelation: { readonly transform: Transform } | { readonly fetch: Fetch } }

interface Transform {
  readonly objRef: ObjectRef
  readonly input: Relation
  readonly params: MlParams
}

interface Fetch {
  readonly objRef: ObjectRef
  readonly methods: readonly { readonly method: string; readonly args: readonly FetchArgument[] }[]
}

export type FetchArgument = { readonly param: Literal } | { readonly input: Relation }

interface ObjectRef {
  readonly id: string
}

export interface MlParams {
  readonly params: Readonly<Record<string, Literal>>
}

export type Command =
  | {
      readonly mlCommand:
        | {
            readonly fit: {
              readonly estimator: { readonly name: string; readonly uid: string; readonly type: string }
              readonly params: MlParams
              readonly dataset: Relation
            }
          }
        | { readonly delete: { readonly objRefs: readonly ObjectRef[] } }
    }
  | { readonly sqlCommand: { readonly input: Relation } }
  | {
      readonly createDataframeView: {
        readonly input: Relation
        readonly name: string
        readonly isGlobal: boolean
        readonly replace: boolean
      }
    }
  | {
      readonly writeOperation: {
        readonly input: Relation
        readonly source: string
        readonly path: string
        readonly mode: string
        readonly partitioningColumns: readonly string[]
        readonly options: Readonly<Record<string, string>>
      }
    }

export type Plan = { readonly root: Relation } | { readonly command: Command }

/** A type of Spark: one property, named for the kind. */
export interface DataType {
  readonly kind?: string
  readonly decimal?: { readonly precision?: number; readonly scale?: number }
  readonly char?: { readonly length?: number }
  readonly varChar?: { readonly length?: number }
  readonly array?: { readonly elementType: DataType }
  readonly map?: { readonly keyType: DataType; readonly valueType: DataType }
  readonly struct?: { readonly fields: readonly StructField[] }
  readonly string?: Record<string, never>
}

export interface StructField {
  readonly name: string
  readonly dataType: DataType
}

/** How far the stages of an execution are. */
export interface StageInfo {
  readonly stageId?: number
  readonly numTasks?: number
  readonly numCompletedTasks?: number
  readonly inputBytesRead?: number
  readonly done?: boolean
}

/** What every request says about who asks. */
export interface Caller {
  readonly sessionId: string
  readonly userContext: { readonly userId: string; readonly userName: string }
  readonly clientType: string
  readonly clientObservedServerSideSessionId?: string
}

export interface ExecutePlanResponse {
  readonly serverSideSessionId?: string
  readonly responseId: string
  readonly responseType?: 'arrowBatch' | 'sqlCommandResult' | 'resultComplete' | 'executionProgress' | 'mlCommandResult'
  readonly arrowBatch?: { readonly rowCount?: number; readonly data: Uint8Array }
  readonly mlCommandResult?: {
    readonly operatorInfo?: { readonly objRef?: ObjectRef; readonly warningMessage?: string }
  }
  readonly executionProgress?: { readonly stages: readonly StageInfo[]; readonly numInflightTasks?: number }
}

interface Requests {
  ExecutePlan: {
    readonly operationId: string
    readonly plan: Plan
    readonly tags: readonly string[]
    readonly requestOptions: readonly { readonly reattachOptions: { readonly reattachable: boolean } }[]
  }
  ReattachExecute: { readonly operationId: string; readonly lastResponseId?: string }
  ReleaseExecute:
    | { readonly operationId: string; readonly releaseAll: Record<string, never> }
    | { readonly operationId: string; readonly releaseUntil: { readonly responseId: string } }
  ReleaseSession: Record<never, never>
  Interrupt: { readonly interruptType: string; readonly operationTag?: string }
  Config: {
    readonly operation:
      | { readonly set: { readonly pairs: readonly { readonly key: string; readonly value: string }[] } }
      | { readonly getOption: { readonly keys: readonly string[] } }
  }
  AnalyzePlan: { readonly schema: { readonly plan: Plan } } | { readonly sparkVersion: Record<string, never> }
  FetchErrorDetails: { readonly errorId: string }
}

interface Responses {
  ExecutePlan: ExecutePlanResponse
  ReattachExecute: ExecutePlanResponse
  ReleaseExecute: { readonly serverSideSessionId?: string }
  ReleaseSession: { readonly serverSideSessionId?: string }
  Interrupt: { readonly serverSideSessionId?: string; readonly interruptedIds: readonly string[] }
  Config: {
    readonly serverSideSessionId?: string
    readonly pairs: readonly { readonly key: string; readonly value?: string }[]
  }
  AnalyzePlan: {
    readonly serverSideSessionId?: string
    readonly schema?: { readonly schema: DataType }
    readonly sparkVersion?: { readonly version: string }
  }
  FetchErrorDetails: {
    readonly serverSideSessionId?: string
    readonly rootErrorIdx?: number
    readonly errors: readonly {
      readonly message?: string
      readonly sparkThrowable?: { readonly errorClass?: string; readonly sqlState?: string }
    }[]
  }
}

export type MethodName = keyof Requests
export type StreamName = 'ExecutePlan' | 'ReattachExecute'
export type UnaryName = Exclude<MethodName, StreamName>
export type RequestOf<Name extends MethodName> = Requests[Name]
export type ResponseOf<Name extends MethodName> = Responses[Name]
