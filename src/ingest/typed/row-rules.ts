import type { ProjectSettings } from '../../project/settings.ts'
import { type RuleId, rules, type Severity } from '../../quality/rules.ts'

/** The rules as this project has tuned them. */
export interface RowRules {
  severity(rule: RuleId): Severity
  /** @throws Error for a parameter that the rule does not declare: a slip in our code, not in the user's settings. */
  parameter(rule: RuleId, name: string): number
  /** Everything that decides outcomes, for fingerprints. */
  readonly fingerprint: string
}

export function tunedRules(settings: ProjectSettings): RowRules {
  const tuned = rules.map((rule) => {
    const override = settings.rules[rule.id]
    return {
      id: rule.id,
      severity: override?.severity ?? rule.severity,
      parameters: { ...rule.parameters, ...override?.parameters } as Record<string, number>,
    }
  })
  const byId = new Map(tuned.map((rule) => [rule.id, rule]))
  const find = (id: RuleId) => {
    const rule = byId.get(id)
    if (!rule) throw new Error(`no rule ${id}`)
    return rule
  }
  return {
    severity: (id) => find(id).severity,
    parameter: (id, name) => {
      const value = find(id).parameters[name]
      if (value === undefined) throw new Error(`rule ${id} has no parameter ${name}`)
      return value
    },
    fingerprint: JSON.stringify(tuned),
  }
}
