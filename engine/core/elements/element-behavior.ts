import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import type { Node } from '../model/node.ts'

/** What an element does. One file per element; `registry.ts` finds it by the kind of the node's behaviour. */
export interface ElementBehavior {
  /** The token stands on the node, its activity instance has started: do the work, wait, or leave. */
  execute(instance: InstanceDraft, token: TokenDraft, node: Node): void
  /** What it waits for has come: a message, a signal, a timer, a REST `signal`. Absent: it does not wait for that. */
  triggered?(instance: InstanceDraft, token: TokenDraft, node: Node, by: 'event' | 'client'): void
  /** The called instance has ended. */
  calledEnded?(instance: InstanceDraft, token: TokenDraft, node: Node, called: InstanceDraft): void
  /** Of a scope: a token within has ended. Absent: the scope completes with its last token. */
  childEnded?(instance: InstanceDraft, scope: ScopeDraft, token: TokenDraft): void
  /** Of a scope: its last token has ended; `token` stands for the scope's node. */
  completed?(instance: InstanceDraft, scope: ScopeDraft, token: TokenDraft): void
}
