import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { InputError } from '../../errors.ts'

const leastJava = 17

/**
 * Spark's launcher: that of SPARK_HOME, of the PATH, or of a Python environment `.spark-venv` in one of `folders`.
 * @throws InputError `spark-not-found`
 */
export function findSparkSubmit(environment: NodeJS.ProcessEnv, folders: readonly string[]): string {
  const places = [
    ...(environment.SPARK_HOME ? [join(environment.SPARK_HOME, 'bin')] : []),
    ...(environment.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
    ...folders.flatMap((folder) => inEnvironment(join(folder, '.spark-venv/lib'))),
  ]
  const found = places.map((place) => join(place, 'spark-submit')).find((file) => existsSync(file))
  if (found === undefined) throw sparkNotFound()
  return found
}

function inEnvironment(library: string): string[] {
  if (!existsSync(library)) return []
  return readdirSync(library).map((python) => join(library, python, 'site-packages/pyspark/bin'))
}

/**
 * Demands a Java that Spark 4 runs on, where Spark itself looks for it.
 * @throws InputError `java-not-found`
 */
export function demandJava(environment: NodeJS.ProcessEnv): void {
  const java = environment.JAVA_HOME ? join(environment.JAVA_HOME, 'bin/java') : 'java'
  const { stderr, error } = spawnSync(java, ['-version'], { env: environment, encoding: 'utf8' })
  const major = Number(/version "(\d+)/.exec(stderr ?? '')?.[1])
  if (major >= leastJava) return
  throw javaNotFound(java, major, error)
}

function sparkNotFound(): InputError {
  return new InputError(
    { en: 'There is no Spark on this machine.', zh: '本机未找到 Spark。' },
    {
      code: 'spark-not-found',
      advice: {
        en: 'Install it with `python3 -m venv .spark-venv && .spark-venv/bin/pip install "pyspark[connect]"`, or say where it is with --spark-submit or SPARK_HOME.',
        zh: '请用 `python3 -m venv .spark-venv && .spark-venv/bin/pip install "pyspark[connect]"` 安装，或用 --spark-submit 或 SPARK_HOME 指明位置。',
      },
    },
  )
}

function javaNotFound(java: string, major: number, cause: unknown): InputError {
  const text = Number.isNaN(major)
    ? { en: 'There is no Java on this machine.', zh: '本机未找到 Java。' }
    : { en: `Java ${major} is too old for Spark 4.`, zh: `Java ${major} 版本过低，无法运行 Spark 4。` }
  return new InputError(text, {
    code: 'java-not-found',
    value: java,
    cause,
    advice: {
      en: `Install Java ${leastJava} or newer, or set JAVA_HOME to it.`,
      zh: `请安装 Java ${leastJava} 或更新版本，或将 JAVA_HOME 指向它。`,
    },
  })
}
