import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type AlsModel, fitAls, SparkSession, sqlRelation } from '../../../src/engine/spark/index.ts'
import { findSpark } from '../../support/spark.ts'

const spark = inject('spark')
const viewers = 40
const titles = 25
/** A matrix of rank 2; three quarters of its cells are known. */
const cells = `SELECT CAST(v.id AS INT) AS viewer, CAST(t.id AS INT) AS title,
    CAST((1 + v.id % 3) * (1 + t.id % 4) + (v.id % 5) * (t.id % 2) AS FLOAT) AS rating
  FROM range(0, ${viewers}, 1, 2) v CROSS JOIN range(0, ${titles}, 1, 1) t`
const ratings = `SELECT * FROM (${cells}) WHERE (viewer * 7 + title * 3) % 4 <> 0`
const hidden = `SELECT * FROM (${cells}) WHERE (viewer * 7 + title * 3) % 4 = 0`
const columns = { userCol: 'viewer', itemCol: 'title', ratingCol: 'rating' }
const parameters = { ...columns, rank: 2, maxIter: 20, regParam: 0.001, seed: 7 }

interface Prediction {
  readonly viewer: number
  readonly title: number
  readonly rating: number
  readonly prediction: number
}

const sorted = (predictions: readonly (readonly number[])[]) =>
  [...predictions].sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d)

describe.skipIf(!spark)('ALS on Spark', () => {
  let session: SparkSession
  let model: AlsModel
  beforeAll(async () => {
    session = await SparkSession.connect(spark?.address ?? '')
    model = await fitAls(session, sqlRelation(ratings), parameters)
  })
  afterAll(() => session.close())

  const predict = async () => (await session.rows(model.transform(sqlRelation(hidden)))) as unknown as Prediction[]

  it('finds the cells of a matrix that it was not told', async () => {
    const predictions = await predict()
    expect(predictions.length).toBe((viewers * titles) / 4)
    const squares = predictions.map(({ rating, prediction }) => (rating - prediction) ** 2)
    expect(Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)).toBeLessThan(0.05)
  })

  it('predicts what pyspark predicts with the same seed', async () => {
    const script = join(import.meta.dirname, 'predict-with-als.py')
    const words = [script, spark?.address ?? '', ratings, hidden, JSON.stringify(parameters)]
    const { stdout } = await promisify(execFile)(findSpark()?.python ?? '', words)
    const theirs = sorted(JSON.parse(stdout) as number[][])
    const ours = sorted((await predict()).map(({ viewer, title, prediction }) => [viewer, title, prediction]))
    expect(theirs).toHaveLength(ours.length)
    for (const [row, [viewer, title, prediction = Number.NaN]] of ours.entries()) {
      expect(theirs[row]?.slice(0, 2)).toEqual([viewer, title])
      expect(Math.abs((theirs[row]?.[2] ?? Number.NaN) - prediction)).toBeLessThan(1e-6)
    }
  })

  it('gives its factors, whose products are the predictions', async () => {
    const factors = async (relation: AlsModel['userFactors']) =>
      new Map((await session.rows(relation)).map(({ id, features }) => [id, features as readonly number[]]))
    const [users, items] = [await factors(model.userFactors), await factors(model.itemFactors)]
    expect([users.size, items.size]).toEqual([viewers, titles])
    for (const { viewer, title, prediction } of await predict()) {
      const [user = [], item = []] = [users.get(viewer), items.get(title)]
      expect(user).toHaveLength(2)
      expect(user.reduce((sum, value, index) => sum + value * (item[index] ?? Number.NaN), 0)).toBeCloseTo(
        prediction,
        4,
      )
    }
  })

  it('recommends the titles with the highest predictions, to all or to some', async () => {
    const all = await session.rows(model.recommendForAllUsers(3))
    expect(all).toHaveLength(viewers)
    const everything = await session.rows(model.transform(sqlRelation(cells)))
    const best = everything
      .filter(({ viewer }) => viewer === 4)
      .map(({ title, prediction }) => ({ title, rating: prediction as number }))
      .sort((left, right) => right.rating - left.rating)
      .slice(0, 3)
    const some = await session.rows(model.recommendForUserSubset(sqlRelation('SELECT 4 AS viewer'), 3))
    expect(some.map(({ viewer }) => viewer)).toEqual([4])
    const [{ recommendations = [] } = {}] = some
    const recommended = recommendations as readonly { readonly title: number; readonly rating: number }[]
    expect(recommended.map(({ rating }) => rating)).toEqual(best.map(({ rating }) => expect.closeTo(rating, 4)))
    expect(all.find(({ viewer }) => viewer === 4)).toEqual(some[0])
  })

  it('takes every parameter', async () => {
    const other = await fitAls(session, sqlRelation(ratings), {
      ...columns,
      rank: 3,
      maxIter: 2,
      regParam: 1,
      implicitPrefs: true,
      alpha: 2,
      nonnegative: true,
      seed: 2 ** 40,
      coldStartStrategy: 'drop',
    })
    const features = (await session.rows(other.userFactors)).flatMap((row) => row.features as number[])
    expect(features).toHaveLength(3 * viewers)
    expect(Math.min(...features)).toBeGreaterThanOrEqual(0)
    expect(await session.rows(other.transform(sqlRelation('SELECT 999 AS viewer, 1 AS title')))).toEqual([])
    await other.delete()
  })

  it('refuses parameters that MLlib does not know or take', async () => {
    const input = sqlRelation(ratings)
    const estimator = 'org.apache.spark.ml.recommendation.ALS'
    await expect(fitAls(session, input, { ...parameters, rank: -1 })).rejects.toThrow('rank')
    await expect(session.fit({ estimator, parameters: { depth: 1 }, input })).rejects.toThrow('depth')
    await expect(session.fit({ estimator: 'java.lang.Runtime', input })).rejects.toThrow('java.lang.Runtime')
  })

  it('is gone once it was deleted', async () => {
    const own = await fitAls(session, sqlRelation(ratings), { ...parameters, maxIter: 1 })
    expect(await session.rows(own.itemFactors)).toHaveLength(titles)
    await own.delete()
    await expect(session.rows(own.itemFactors)).rejects.toMatchObject({ name: 'SparkError' })
    await expect(session.rows(own.transform(sqlRelation(hidden)))).rejects.toMatchObject({ name: 'SparkError' })
  })
})
