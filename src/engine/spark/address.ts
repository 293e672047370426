import { hostname, userInfo } from 'node:os'
import { InputError } from '../../errors.ts'

/** Where a Spark Connect server is and how to enter, as in `sc://host:port;token=…;use_ssl=true`. */
export interface SparkAddress {
  readonly host: string
  readonly port: number
  readonly useTls: boolean
  readonly token: string | undefined
  readonly userId: string
  /** A session to go on with; a new one unless set. */
  readonly sessionId: string | undefined
  /** What every call carries besides, by names that begin with `x-`, as some services ask for. */
  readonly headers: Readonly<Record<string, string>>
  /** `host:port`, which may be shown: it holds no token. */
  readonly label: string
}

const defaultPort = 15002
const header = /^x-[a-z0-9-]+$/
const knownParameters = ['token', 'use_ssl', 'user_id', 'session_id']

/**
 * Reads an address as Spark's own clients write it: `sc://host[:port][/][;key=value…]`. A token asks for TLS unless `use_ssl=false`
 * is said about this same machine.
 * @throws InputError `bad-spark-address`; the message never holds the token.
 */
export function parseSparkAddress(address: string): SparkAddress {
  const found = /^sc:\/\/(\[[0-9a-fA-F:.]+\]|[^\s/:;[\]]+)(?::(\d{1,5}))?\/?(?:;(.*))?$/.exec(address.trim())
  const shown = address.replace(/token=[^;]*/g, 'token=…')
  if (!found) throw refuse(shown)
  const [, host = '', digits, rest = ''] = found
  const port = digits === undefined ? defaultPort : Number(digits)
  const parameters = new Map<string, string>()
  for (const pair of rest.split(';').filter((item) => item !== '')) {
    const [key = '', ...value] = pair.split('=')
    if (!(knownParameters.includes(key) || header.test(key)) || value.length === 0) throw refuse(shown, key)
    const text = value.join('=')
    if (/%(?![0-9a-fA-F]{2})/.test(text)) throw refuse(shown)
    parameters.set(key, decodeURIComponent(text))
  }
  const token = parameters.get('token')
  const asked = parameters.get('use_ssl')?.toLowerCase()
  if (port < 1 || port > 65_535 || (asked !== undefined && asked !== 'true' && asked !== 'false')) throw refuse(shown)
  const useTls = asked === undefined ? token !== undefined : asked === 'true'
  if (token !== undefined && !useTls && !isLoopback(host)) throw refuseOpenToken(shown)
  return {
    host,
    port,
    useTls,
    token,
    userId: parameters.get('user_id') ?? currentUser(),
    sessionId: parameters.get('session_id'),
    headers: Object.fromEntries([...parameters].filter(([key]) => header.test(key))),
    label: `${host}:${port}`,
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host)
}

function currentUser(): string {
  try {
    return userInfo().username
  } catch {
    return hostname()
  }
}

function refuse(value: string, key?: string): InputError {
  return new InputError(
    key === undefined
      ? { en: `This is no Spark address: ${value}`, zh: `不是有效的 Spark 地址：${value}` }
      : { en: `A Spark address knows no "${key}".`, zh: `Spark 地址中没有参数“${key}”。` },
    {
      code: 'bad-spark-address',
      value,
      advice: {
        en: `Write it as sc://host:15002;token=...;use_ssl=true, with any of ${knownParameters.join(', ')} and headers that begin with x-.`,
        zh: `请写成 sc://host:15002;token=...;use_ssl=true，可用参数：${knownParameters.join('、')}，以及以 x- 开头的请求头。`,
      },
    },
  )
}

function refuseOpenToken(value: string): InputError {
  return new InputError(
    { en: 'A token would cross the network in the clear.', zh: '令牌将在网络上明文传输。' },
    {
      code: 'bad-spark-address',
      value,
      advice: { en: 'Leave out use_ssl=false, or the token.', zh: '请去掉 use_ssl=false，或去掉令牌。' },
    },
  )
}
