import { readFile } from 'node:fs/promises'
import { Client, type ClientOptions, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js'
import type { SparkAddress } from './address.ts'
import { decoder, encoder } from './codec.ts'
import type { Caller, MethodName, RequestOf, ResponseOf, StreamName, UnaryName } from './messages.ts'
import { type RetryPolicy, retrying } from './retry.ts'
import { isServiceError, isTlsFailure } from './status.ts'

const service = 'spark.connect.SparkConnectService'
const options = {
  'grpc.max_receive_message_length': 128 * 2 ** 20,
  'grpc.max_send_message_length': 128 * 2 ** 20,
  'grpc.initial_reconnect_backoff_ms': 50,
  'grpc.max_reconnect_backoff_ms': 1000,
} satisfies ClientOptions
/** A connection on which a call waits is asked for a sign of life after as long a silence, and has a third of that to answer. */
const defaultSilenceMilliseconds = 60_000

/** How a transport reaches its server. */
export interface TransportOptions {
  readonly retry: RetryPolicy
  readonly certificates: string | undefined
  readonly silenceMilliseconds: number | undefined
}

/** Whether a call failed because the server could not be reached; nothing else is worth another try, nor is TLS that fails. */
export function isUnavailable(error: unknown): boolean {
  return isServiceError(error) && error.code === status.UNAVAILABLE && !isTlsFailure(error.details)
}

interface Wire {
  readonly path: string
  readonly encode: (message: object) => Buffer
  readonly decode: (bytes: Uint8Array) => ResponseOf<MethodName>
}

function wireOf(name: MethodName): Wire {
  const answer = name === 'ReattachExecute' ? 'ExecutePlan' : name
  return {
    path: `/${service}/${name}`,
    encode: encoder(`spark.connect.${name}Request`),
    decode: decoder(`spark.connect.${answer}Response`),
  }
}

/** One connection to a server: calls, with the caller's identity added, and nothing about what they mean. */
export class Transport {
  readonly #client: Client
  readonly #metadata = new Metadata()
  readonly #wires = new Map<MethodName, Wire>()
  readonly #underway = new Set<Promise<unknown>>()
  #caller: Caller
  readonly retry: RetryPolicy

  private constructor(client: Client, caller: Caller, { token, headers }: SparkAddress, retry: RetryPolicy) {
    this.#client = client
    this.#caller = caller
    this.retry = retry
    for (const [name, value] of Object.entries(headers)) this.#metadata.set(name, value)
    if (token !== undefined) this.#metadata.set('authorization', `Bearer ${token}`)
  }

  static async open(address: SparkAddress, caller: Caller, given: TransportOptions): Promise<Transport> {
    const { retry, certificates, silenceMilliseconds = defaultSilenceMilliseconds } = given
    const roots = certificates === undefined ? null : await readFile(certificates)
    const channel = address.useTls ? credentials.createSsl(roots) : credentials.createInsecure()
    const client = new Client(address.label, channel, {
      ...options,
      'grpc.keepalive_time_ms': silenceMilliseconds,
      'grpc.keepalive_timeout_ms': Math.ceil(silenceMilliseconds / 3),
    })
    return new Transport(client, caller, address, retry)
  }

  /** Calls once and again while the server cannot be reached. */
  async call<Name extends UnaryName>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>> {
    return retrying(() => this.callOnce(name, request), isUnavailable, this.retry)
  }

  async callOnce<Name extends UnaryName>(
    name: Name,
    request: RequestOf<Name>,
    deadlineMilliseconds = Number.POSITIVE_INFINITY,
  ): Promise<ResponseOf<Name>> {
    const { path, encode, decode } = this.#wire(name)
    const deadline = Date.now() + deadlineMilliseconds
    const response = await new Promise<ResponseOf<Name>>((resolve, reject) => {
      const done = (error: ServiceError | null, value?: ResponseOf<MethodName>) =>
        error ? reject(error) : resolve(value as ResponseOf<Name>)
      this.#client.makeUnaryRequest(path, encode, decode, this.#sign(request), this.#metadata, { deadline }, done)
    })
    this.#remember(response)
    return response
  }

  /** The answers of one streaming call; leaving the loop ends the call. */
  async *stream<Name extends StreamName>(name: Name, request: RequestOf<Name>): AsyncGenerator<ResponseOf<Name>> {
    const { path, encode, decode } = this.#wire(name)
    const call = this.#client.makeServerStreamRequest(path, encode, decode, this.#sign(request), this.#metadata)
    try {
      for await (const response of call) {
        this.#remember(response)
        yield response
      }
    } finally {
      call.on('error', () => undefined)
      call.cancel()
    }
  }

  /** Sends what nobody waits for; a failure changes nothing. `close` waits for it. */
  send<Name extends UnaryName>(name: Name, request: RequestOf<Name>): void {
    const sent: Promise<unknown> = this.callOnce(name, request, 5000)
      .catch(() => undefined)
      .finally(() => this.#underway.delete(sent))
    this.#underway.add(sent)
  }

  async close(): Promise<void> {
    await Promise.all(this.#underway)
    this.#client.close()
  }

  #wire(name: MethodName): Wire {
    const known = this.#wires.get(name) ?? wireOf(name)
    this.#wires.set(name, known)
    return known
  }

  #sign(request: object): object {
    return { ...this.#caller, ...request }
  }

  /** From the first answer on, every request names the server's session, so that a restarted server is found out. */
  #remember(response: { readonly serverSideSessionId?: string }): void {
    if (response.serverSideSessionId && this.#caller.clientObservedServerSideSessionId === undefined)
      this.#caller = { ...this.#caller, clientObservedServerSideSessionId: response.serverSideSessionId }
  }
}
