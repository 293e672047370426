import { expect, it } from 'vitest'
import { parseSparkAddress } from '../../../src/engine/spark/address.ts'

it('reads host, port and parameters, with or without the slash', () => {
  expect(parseSparkAddress('sc://localhost;user_id=ada')).toEqual({
    host: 'localhost',
    port: 15_002,
    useTls: false,
    token: undefined,
    userId: 'ada',
    sessionId: undefined,
    headers: {},
    label: 'localhost:15002',
  })
  const id = 'a1b2c3d4-0000-4000-8000-000000000000'
  for (const slash of ['', '/']) {
    expect(
      parseSparkAddress(`sc://[::1]:443${slash};token=a%3Bb==;use_ssl=true;session_id=${id};user_id=x`),
    ).toMatchObject({ host: '[::1]', port: 443, useTls: true, token: 'a;b==', sessionId: id, label: '[::1]:443' })
  }
})

it('keeps headers that a service asks for', () => {
  expect(parseSparkAddress('sc://spark.example:443/;token=t;x-cluster-id=0923%2F1').headers).toEqual({
    'x-cluster-id': '0923/1',
  })
  expect(() => parseSparkAddress('sc://spark.example;X-Cluster=1')).toThrow('X-Cluster')
})

it('sends a token through TLS only, save to this machine', () => {
  expect(parseSparkAddress('sc://spark.example;token=t').useTls).toBe(true)
  expect(parseSparkAddress('sc://127.0.0.1;token=t;use_ssl=false').useTls).toBe(false)
  expect(() => parseSparkAddress('sc://spark.example;token=t;use_ssl=false')).toThrow('in the clear')
})

it.each([
  '',
  'localhost:15002',
  'http://localhost',
  'sc://',
  'sc://host:0',
  'sc://host:99999',
  'sc://host:1x',
  'sc://a b:1',
  'sc://host;use_ssl=yes',
  'sc://host;tokn=x',
  'sc://host;token',
  'sc://host;token=%',
])('refuses %s', (address) => {
  expect(() => parseSparkAddress(address)).toThrow(expect.objectContaining({ code: 'bad-spark-address' }))
})

it('never shows the token', () => {
  for (const address of ['sc://host:0;token=hush', 'sc://host;token=hush;use_ssl=false', 'sc://host;token=hush;x=1']) {
    try {
      parseSparkAddress(address)
    } catch (error) {
      expect(JSON.stringify(error) + String(error)).not.toContain('hush')
    }
  }
  expect.assertions(3)
})
