import { expect, test } from 'vitest'
import { deviceClass } from '../../src/warehouse/device-class.ts'

test('devices are one class in every spelling; an unknown one keeps its name', () => {
  expect(deviceClass('Mobile')).toBe(deviceClass('手机'))
  expect(deviceClass('smart_TV')).toEqual({ en: 'TV', zh: '电视' })
  expect(deviceClass('console')).toBe('console')
})
