import { status } from '@grpc/grpc-js'
import type { Text } from '../../text.ts'
import { type FailureStatus, isTlsFailure } from './status.ts'

/** A failure as a person is told of it. */
export interface Description {
  readonly code: string
  readonly text: Text
  readonly advice?: Text
}

interface Kind {
  readonly is: (failure: FailureStatus) => boolean
  readonly describe: (message: string, label: string) => Description
}

const hasCode =
  (...codes: readonly number[]): Kind['is'] =>
  ({ grpcCode }) =>
    codes.includes(grpcCode)
/** Whether Spark says so of itself, and not of a statement or its data (SQLSTATE 42… and 22…), which may hold any words. */
const says =
  (pattern: RegExp): Kind['is'] =>
  ({ message, causes, sqlState }) =>
    !/^(22|42)/.test(sqlState ?? '') && [message, ...causes].some((text) => pattern.test(text))
const isUnreachable = hasCode(status.UNAVAILABLE, status.DEADLINE_EXCEEDED)
const firstLine = (message: string) => message.split('\n', 1)[0] ?? ''
/** gRPC ends many a message with an empty note. */
const withoutNote = (message: string) => firstLine(message).replace(/\.? Resolution note: $/, '')

/** From the particular to the general; the first that fits tells. */
const kinds: readonly Kind[] = [
  {
    is: ({ errorClass }) => errorClass === 'OPERATION_CANCELED',
    describe: () => ({ code: 'interrupted', text: { en: 'The statement was stopped.', zh: '语句已中断。' } }),
  },
  {
    is: ({ errorClass }) => errorClass?.startsWith('INVALID_HANDLE.') ?? false,
    describe: (message, label) => ({
      code: 'spark-session-lost',
      text: {
        en: `The session on the Spark server at ${label} is gone: ${message}`,
        zh: `Spark 服务器 ${label} 上的会话已失效：${message}`,
      },
      advice: {
        en: 'The server was started again or the session was idle for too long: run the command again.',
        zh: '服务器已重启或会话空闲过久：请重新运行命令。',
      },
    }),
  },
  {
    is: (failure) => isUnreachable(failure) && isTlsFailure(failure.message),
    describe: (message, label) =>
      /certificate|altname/i.test(message)
        ? {
            code: 'spark-tls',
            text: {
              en: `The certificate of the Spark server at ${label} is not trusted: ${withoutNote(message)}`,
              zh: `Spark 服务器 ${label} 的证书不受信任：${withoutNote(message)}`,
            },
            advice: {
              en: 'Name the PEM file of its authority in the variable NODE_EXTRA_CA_CERTS, and address the server by the name in its certificate.',
              zh: '请用环境变量 NODE_EXTRA_CA_CERTS 指定其签发机构的 PEM 文件，并使用证书中的主机名。',
            },
          }
        : {
            code: 'spark-tls',
            text: { en: `The Spark server at ${label} speaks no TLS.`, zh: `Spark 服务器 ${label} 未启用 TLS。` },
            advice: {
              en: 'Add use_ssl=false to the address if the server is on this machine; else put TLS in front of it, or leave token and use_ssl out.',
              zh: '若服务器在本机，请在地址中加上 use_ssl=false；否则请为其启用 TLS，或去掉 token 与 use_ssl。',
            },
          },
  },
  {
    is: isUnreachable,
    describe: (message, label) => ({
      code: 'spark-unreachable',
      text: {
        en: `The Spark server at ${label} cannot be reached: ${withoutNote(message)}`,
        zh: `无法连接 Spark 服务器 ${label}：${withoutNote(message)}`,
      },
      advice: {
        en: 'Check that it runs, that the address is right, that no firewall is between, and whether it asks for TLS (use_ssl=true).',
        zh: '请检查服务器是否运行、地址是否正确、是否被防火墙阻挡，以及是否需要 TLS（use_ssl=true）。',
      },
    }),
  },
  {
    is: says(/stopped SparkContext|SparkContext was shut down/),
    describe: (_, label) => ({
      code: 'spark-unreachable',
      text: { en: `The Spark server at ${label} has shut down.`, zh: `Spark 服务器 ${label} 已关闭。` },
      advice: {
        en: 'Its log says why; memory or the stacks of its threads (-Xss) may have been too small. Start it again.',
        zh: '原因见其日志；可能是内存或线程栈（-Xss）过小。请重新启动服务器。',
      },
    }),
  },
  {
    is: hasCode(status.UNAUTHENTICATED, status.PERMISSION_DENIED),
    describe: (message, label) => ({
      code: 'spark-refused',
      text: {
        en: `The Spark server at ${label} refuses access: ${message}`,
        zh: `Spark 服务器 ${label} 拒绝访问：${message}`,
      },
      advice: { en: 'Set the right `token` in the address.', zh: '请在地址中填写正确的 `token`。' },
    }),
  },
  {
    is: hasCode(status.UNIMPLEMENTED),
    describe: (message, label) => tooOld(label, message),
  },
  {
    is: says(/No space left on device|Disk quota exceeded|File too large/i),
    describe: (message) => ({
      code: 'disk-full',
      text: {
        en: `A disk of the Spark cluster is full: ${firstLine(message)}`,
        zh: `Spark 集群的磁盘已满：${firstLine(message)}`,
      },
      advice: {
        en: 'Free some space where the workers keep what they shuffle (spark.local.dir) and where they write, and run the command again.',
        zh: '请释放工作节点的临时目录（spark.local.dir）与输出目录的空间，然后重新运行。',
      },
    }),
  },
  {
    is: says(
      /OutOfMemoryError|Java heap space|UNABLE_TO_ACQUIRE_MEMORY|exited with code 52\b|exit (code|status):? 137\b|exceeding (physical )?memory/i,
    ),
    describe: (message) => ({
      code: 'out-of-memory',
      text: {
        en: `Spark ran out of memory: ${firstLine(message)}`,
        zh: `Spark 内存不足：${firstLine(message)}`,
      },
      advice: {
        en: 'Give the executors more memory (spark.executor.memory) or the work more, smaller partitions (spark.sql.shuffle.partitions).',
        zh: '请增大执行器内存（spark.executor.memory），或用更多、更小的分区（spark.sql.shuffle.partitions）。',
      },
    }),
  },
  {
    is: says(/StackOverflowError/),
    describe: (message) => ({
      code: 'out-of-stack',
      text: {
        en: `The stacks of Spark's threads are too small: ${firstLine(message)}`,
        zh: `Spark 线程栈过小：${firstLine(message)}`,
      },
      advice: {
        en: 'Start server and executors with -Xss4m in spark.driver.extraJavaOptions and spark.executor.extraJavaOptions.',
        zh: '请在 spark.driver.extraJavaOptions 与 spark.executor.extraJavaOptions 中加入 -Xss4m 后重新启动。',
      },
    }),
  },
  {
    is: says(/bigger than spark\.driver\.maxResultSize/),
    describe: (message) => ({
      code: 'result-too-large',
      text: {
        en: `The result is too large to be sent: ${firstLine(message)}`,
        zh: `结果过大，无法传回：${firstLine(message)}`,
      },
      advice: {
        en: 'Ask for fewer rows, have the workers write them to files, or raise spark.driver.maxResultSize where the server is started.',
        zh: '请减少结果行数，改由工作节点写入文件，或在启动服务器时增大 spark.driver.maxResultSize。',
      },
    }),
  },
]

/** What `failure` of the server at `label` is, in both languages, with what to do about it. */
export function describeFailure(failure: FailureStatus, label: string): Description {
  const kind = kinds.find(({ is }) => is(failure))
  if (kind) return kind.describe(failure.message, label)
  const { message } = failure
  return {
    code: 'query-failed',
    text: { en: `The engine refused the statement: ${message}`, zh: `引擎无法执行该语句：${message}` },
  }
}

/** A server that is older than what this client speaks; `found` is its version or what it says. */
export function tooOld(label: string, found: string): Description {
  return {
    code: 'spark-too-old',
    text: {
      en: `The Spark server at ${label} is too old: ${found}`,
      zh: `Spark 服务器 ${label} 版本过低：${found}`,
    },
    advice: { en: 'Spark 4.0 or newer is needed.', zh: '需要 Spark 4.0 或更新版本。' },
  }
}
