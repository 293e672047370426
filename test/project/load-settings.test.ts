import { describe, expect, it } from 'vitest'
import { parseSettings } from '../../src/project/load-settings.ts'

const refusal = (text: string) => {
  try {
    parseSettings(text, 'marquee.yaml')
  } catch (error) {
    return error
  }
  return undefined
}

describe('marquee.yaml', () => {
  it('fills in what is not said', () => {
    const settings = parseSettings(
      'sources:\n  - name: a\n    kind: viewing\n    files: [a.csv]\n    columns: {}\n',
      'marquee.yaml',
    )
    expect(settings.sources[0]).toMatchObject({
      format: { type: 'delimited', delimiter: ',', encoding: 'utf-8' },
      priority: 0,
    })
    expect(settings.audience).toEqual({ universe: {}, reachMinutes: 3, completionShare: 0.9 })
  })

  it('names line and likely key for an unknown one, at any depth', () => {
    expect(refusal('source: []\n')).toMatchObject({
      code: 'settings-unknown-key',
      value: 'source',
      line: 1,
      advice: { en: 'Did you mean sources?', zh: '是否应为 sources？' },
    })
    expect(
      refusal('sources:\n  - name: a\n    kind: viewing\n    files: [a.csv]\n    columns: {}\n    timezone: UTC\n'),
    ).toMatchObject({
      value: 'timezone',
      line: 6,
      advice: { en: 'Did you mean timeZone?', zh: '是否应为 timeZone？' },
    })
    expect(
      refusal(
        'sources:\n  - name: a\n    kind: viewing\n    files: [a.csv]\n    columns:\n      veiwer: { from: u }\n',
      ),
    ).toMatchObject({
      value: 'veiwer',
      line: 6,
      advice: { en: 'Did you mean viewer?', zh: '是否应为 viewer？' },
    })
  })

  it('refuses broken YAML, bad values, names that are paths, and two sources alike', () => {
    expect(refusal('sources: [\n')).toMatchObject({ code: 'settings-not-yaml' })
    expect(refusal('memory: lots\n')).toMatchObject({ code: 'settings-invalid', value: 'lots', line: 1 })
    expect(refusal('sources:\n  - name: ../x\n    kind: viewing\n    files: [a]\n    columns: {}\n')).toMatchObject({
      code: 'settings-invalid',
      value: '../x',
      line: 2,
    })
    const twice = '  - name: a\n    kind: viewing\n    files: [a]\n    columns: {}\n'
    expect(refusal(`sources:\n${twice}${twice}`)).toMatchObject({ code: 'source-repeated' })
    expect(refusal('rules:\n  exact-duplicates: { severity: off }\n')).toMatchObject({ name: 'InputError' })
  })

  it('refuses time zones that are none and delimiters that cannot be', () => {
    const source = (line: string) =>
      refusal(`sources:\n  - name: a\n    kind: viewing\n    files: [a]\n    columns: {}\n    ${line}\n`)
    for (const zone of ['Mars/Phobos', '+08:00', "'; DROP TABLE viewing"]) {
      expect(source(`timeZone: "${zone}"`)).toMatchObject({ code: 'time-zone-unknown', value: zone, line: 6 })
    }
    expect(source('timeZone: asia/shanghai')).toBeUndefined()
    expect(source('format: { delimiter: "\\n" }')).toMatchObject({ code: 'delimiter-invalid', line: 6 })
    expect(source('format: { quote: "," }')).toMatchObject({ code: 'delimiter-invalid', value: ',' })
  })
})
