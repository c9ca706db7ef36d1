import type { BpmnFinding } from '../bpmn/finding.ts'
import { readBpmn } from '../bpmn/read-bpmn.ts'
import type { ProcessModel } from '../core/model/process-model.ts'
import { type DecisionModel, readDmn } from '../dmn/index.ts'
import type { Finding, Resource } from '../process-engine.ts'
import type { EngineSettings } from './engine-context.ts'
import { knownHandlers } from './known-handlers.ts'

/** What a deployed file holds. Both are empty for a file that is neither BPMN nor DMN. */
export interface ResourceModels {
  readonly processes: readonly ProcessModel[]
  readonly decisions: DecisionModel | null
  /** Target namespace of a BPMN file. */
  readonly category: string | null
}

const isBpmn = (name: string) => /\.(bpmn20\.xml|bpmn)$/i.test(name)
const isDmn = (name: string) => /\.(dmn11\.xml|dmn)$/i.test(name)
const targetNamespaceOf = (xml: string): string | null => /<[^!?>]*\stargetNamespace\s*=\s*["']([^"']*)["']/.exec(xml)?.[1] ?? null

/** Reads a file by the ending of its name. What is wrong with it stands in `findings`; a model with an error is left out. */
export async function readResource(
  name: string,
  text: string,
  settings: Pick<EngineSettings, 'compat' | 'handlers'>,
): Promise<ResourceModels & { readonly findings: readonly Finding[] }> {
  if (isBpmn(name)) {
    const result = readBpmn(text, name, knownHandlers(settings))
    return {
      processes: result.ok ? result.processes : [],
      decisions: null,
      category: targetNamespaceOf(text),
      findings: result.findings.map(portFinding),
    }
  }
  if (!isDmn(name)) return { processes: [], decisions: null, category: null, findings: [] }
  const result = await readDmn(name, text, { camundaHitPolicies: settings.compat.camundaHitPolicies })
  if (result.ok) return { processes: [], decisions: result.value, category: null, findings: [] }
  const { code, message, decisionId } = result.failure
  const finding = {
    severity: 'error',
    code,
    message,
    resource: name,
    elementIds: decisionId === null ? [] : [decisionId],
    line: 0,
    column: 0,
  } as const
  return { processes: [], decisions: null, category: null, findings: [finding] }
}

/** What is wrong with files that are not deployed (yet), wherever they would be. */
export async function checkResources(
  resources: readonly Resource[],
  settings: Pick<EngineSettings, 'compat' | 'handlers'>,
): Promise<readonly Finding[]> {
  const read = await Promise.all(resources.map(({ name, content }) => readResource(name, content, settings)))
  return read.flatMap(({ findings }) => findings)
}

function portFinding(finding: BpmnFinding): Finding {
  const { severity, code, message, resource, elementIds, line, column } = finding
  return { severity, code, message, resource, elementIds, line, column }
}
