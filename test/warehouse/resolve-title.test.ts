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
      { title_id: 4, name: 'Night Ferry', title_type: 'series' },
      { title_id: 5, name: 'Night Ferry S1', title_type: 'season', series_id: 4, parent_id: 4 },
      { title_id: 6, name: 'Night Ferry S1E1', title_type: 'episode', series_id: 4, parent_id: 5 },
    ],
    alias: [
      { source: 'north', name: 'Dune: Part One', title_id: 3 },
      { source: 'north', name: 'NIGHT FERRY', title_id: 6 },
      { source: 'south', name: 'Night Ferry', title_id: 5 },
    ],
  })
})
afterAll(() => warehouse.engine.close())

test.each([
  ['流浪地球', '9007199254740993'],
  ['ｔｈｅ wandering  EARTH', '9007199254740993'],
  ['Dune (1984)', '2'],
  ['dune: part one', '3'],
  ['night ferry', '4'],
  ['Night Ferry S1E1', '6'],
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
