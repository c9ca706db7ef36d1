import type { FieldSchema } from '../../../contracts/form-definition.ts'
import { useDesigner } from '../designer-context.ts'
import { pathOf } from '../linkage/rules-about.ts'

/** 权限: who writes the field at all. Node by node it is set in the process designer. */
export function PermissionTab({ field }: { field: FieldSchema }) {
  const { history, readByProcedures } = useDesigner()
  const path = pathOf(history.design.schema, field['x-id']) ?? ''
  const writer = field['x-decision'] ? '办理人的结论和签字' : field['x-server'] || field['x-formula'] !== undefined ? '系统' : '填表人'
  return (
    <div className="fd-tab fd-scroll">
      <dl className="fd-facts">
        <dt>谁来写</dt>
        <dd>{writer}</dd>
        <dt>开始时</dt>
        <dd>{writer === '填表人' ? '可编辑' : '不出现'}</dd>
        <dt>以后各步</dt>
        <dd>只读，除非流程的节点另有设置</dd>
        <dt>流程读它</dt>
        <dd>{readByProcedures.includes(path) ? '要读，不能删除或一直隐藏' : '不读'}</dd>
      </dl>
      <p className="fd-sub">每个节点能看、能改哪些字段，在流程设计器的节点设置里定。</p>
    </div>
  )
}
