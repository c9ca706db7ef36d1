import { Modal } from 'antd'

interface DropHazardProps {
  readonly photos: number
  onDrop(): void
  onKeep(): void
}

/** Asks before a registered hazard goes with its photos, because its line was answered otherwise. */
export const DropHazard = ({ photos, onDrop, onKeep }: DropHazardProps) => (
  <Modal open title="删除这条隐患？" okText="删除隐患" cancelText="保留" okButtonProps={{ danger: true }} onOk={onDrop} onCancel={onKeep}>
    这条隐患和 {photos} 张照片会删除。
  </Modal>
)
