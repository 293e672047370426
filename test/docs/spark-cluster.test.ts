import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { projectSettings } from '../../src/project/settings.ts'
import { blocksOf, readPage } from './page.ts'

const [english = [], chinese] = ['docs/how-to/spark-cluster.md', 'docs/how-to/spark-cluster.zh-CN.md'].map((page) =>
  blocksOf(readPage(page)).map(({ language, text }) => ({ language, text })),
)
const [settings, compose] = english.filter(({ language }) => language === 'yaml').map(({ text }) => parse(text))

it('gives the same settings in both languages', () => {
  expect(chinese).toEqual(english)
})

it('gives settings that a project takes', () => {
  expect(projectSettings.parse(settings)).toMatchObject({ engine: 'spark' })
})

it('lets all that read and write files see them under the path of this machine, and only this machine in', () => {
  const services = Object.entries(compose.services as Record<string, { volumes?: string[]; ports?: string[] }>)
  expect(services.map(([name]) => name)).toEqual(['master', 'worker', 'connect'])
  for (const [name, { volumes, ports = [] }] of services) {
    expect(volumes).toEqual(name === 'master' ? undefined : ['/data:/data'])
    expect(ports).toEqual(name === 'connect' ? ['127.0.0.1:15002:15002'] : [])
  }
})

it('starts every Connect server with the stacks that ALS needs', () => {
  const starts = english.filter(({ text }) => text.includes('SparkConnectServer'))
  expect(starts).toHaveLength(3)
  for (const { text } of starts)
    for (const part of ['driver', 'executor']) expect(text).toContain(`spark.${part}.extraJavaOptions=-Xss4m`)
})
