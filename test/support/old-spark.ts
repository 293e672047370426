import { type Metadata, Server, ServerCredentials } from '@grpc/grpc-js'
import { decoder, encoder } from '../../src/engine/spark/codec.ts'

interface Call {
  readonly request: { readonly sessionId: string }
  readonly metadata: Metadata
}

/** A server that speaks as much of the protocol as to say that it is Spark `version`; it keeps the headers of the last call. */
export async function startOldSpark(
  version: string,
): Promise<{ readonly port: number; headers(): Record<string, unknown>; close(): void }> {
  let headers: Record<string, unknown> = {}
  const server = new Server()
  const path = '/spark.connect.SparkConnectService/AnalyzePlan'
  const request = 'spark.connect.AnalyzePlanRequest'
  const response = 'spark.connect.AnalyzePlanResponse'
  const call = {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: encoder(request),
    requestDeserialize: decoder<{ readonly sessionId: string }>(request),
    responseSerialize: encoder(response),
    responseDeserialize: decoder<object>(response),
  } as const
  server.addService(
    { analyze: call },
    {
      analyze: ({ request: { sessionId }, metadata }: Call, answer: (error: null, value: object) => void) => {
        headers = metadata.getMap()
        answer(null, { sessionId, sparkVersion: { version } })
      },
    },
  )
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  )
  return { port, headers: () => headers, close: () => server.forceShutdown() }
}
