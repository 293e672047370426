import { status } from '@grpc/grpc-js'
import { expect, it } from 'vitest'
import { describeFailure } from '../../../src/engine/spark/describe-failure.ts'

const lost =
  'Job aborted due to stage failure: Task 1 in stage 0.0 failed 4 times: ExecutorLostFailure (executor 2 exited'

it.each([
  ['out-of-memory', `${lost} caused by one of the running tasks) Reason: Command exited with code 52`],
  ['out-of-memory', `${lost} unrelated to the running tasks) Reason: The executor with id 2 exited with exit code 137`],
  [
    'out-of-memory',
    `${lost}) Reason: Container killed by YARN for exceeding physical memory limits. 1.5 GB of 1.5 GB used`,
  ],
  ['out-of-memory', '[UNABLE_TO_ACQUIRE_MEMORY] Unable to acquire 65536 bytes of memory, got 0. SQLSTATE: 53200'],
  [
    'out-of-stack',
    'Job aborted due to stage failure: Task serialization failed: java.lang.StackOverflowError\njava.lang…',
  ],
  ['spark-unreachable', 'Cannot call methods on a stopped SparkContext.\nThis stopped SparkContext was created at: …'],
  ['spark-unreachable', 'Job 3 cancelled because SparkContext was shut down'],
  ['query-failed', `${lost} caused by one of the running tasks) Reason: Command exited with code 1`],
])('%s: %s', (code, message) => {
  const failure = { message, causes: [], errorClass: undefined, sqlState: undefined, errorId: undefined }
  const { text, ...told } = describeFailure({ grpcCode: status.INTERNAL, ...failure }, 'spark.example:15002')
  expect(told.code).toBe(code)
  expect(text.zh).toMatch(/\p{Script=Han}/u)
  expect(text.en).not.toContain('\n')
  const quoted = describeFailure({ grpcCode: status.INTERNAL, ...failure, sqlState: '22018' }, 'spark.example:15002')
  expect(quoted.code).toBe('query-failed')
})
