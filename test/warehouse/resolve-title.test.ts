import { afterAll, beforeAll, expect, test } from 'vitest'
import { resolveTitle } from '../../src/warehouse/resolve-title.ts'
import type { Warehouse } from '../../src/warehouse/warehouse.ts'
import { openWarehouse } from '../support/warehouse.ts'

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse({
    title: [
      { title_id: '9007199254740993', name: '流浪地球', original_title: 'The Wandering Earth', year: 2019 },
      { title_id: 2, name: 'Dune', year: 1984 },
      { title_id: 3, name: 'Dune', year: 2021 },
    ],
    alias: [{ source: 'north', name: 'Dune: Part One', title_id: 3 }],
  })
})
afterAll(() => warehouse.engine.close())

test.each([
  ['流浪地球', '9007199254740993'],
  ['ｔｈｅ wandering  EARTH', '9007199254740993'],
  ['Dune (1984)', '2'],
  ['dune: part one', '3'],
])('%s is found', async (name, titleId) => {
  expect(await resolveTitle(warehouse.engine, name)).toMatchObject({ titleId })
})

test('namesakes are told apart by year', async () => {
  await expect(resolveTitle(warehouse.engine, 'Dune')).rejects.toMatchObject({
    code: 'ambiguous-title',
    advice: { zh: '请指明其中一部：Dune (1984)、Dune (2021)。' },
  })
})

test('an unknown name gets suggestions', async () => {
  await expect(resolveTitle(warehouse.engine, '流浪星球')).rejects.toMatchObject({
    code: 'unknown-title',
    advice: { en: 'Did you mean 流浪地球 (2019)?' },
  })
})
