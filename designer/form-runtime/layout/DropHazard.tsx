import { Modal } from 'antd'
import { say } from '../words/say.ts'

interface DropHazardProps {
  readonly photos: number
  onDrop(): void
  onKeep(): void
}

/** Asks before a registered hazard goes with its photos, because its line was answered otherwise. */
export const DropHazard = ({ photos, onDrop, onKeep }: DropHazardProps) => (
  <Modal
    open
    title={say('hazard.drop')}
    okText={say('hazard.dropYes')}
    cancelText={say('hazard.dropNo')}
    okButtonProps={{ danger: true }}
    onOk={onDrop}
    onCancel={onKeep}
  >
    {say('hazard.dropWhat', { photos })}
  </Modal>
)
