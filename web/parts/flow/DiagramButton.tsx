import { ExpandOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Diagram } from '../../../contracts/api/inbox.ts'
import { Skeleton } from '../Skeleton.tsx'

const ProcessViewer = lazy(async () => ({ default: (await import('../../../designer/process-designer/ProcessViewer.tsx')).ProcessViewer }))

interface DiagramButtonProps {
  diagram: Diagram
  /** The small picture. */
  children: ReactNode
}

/** The small picture with the way to the full diagram, which is loaded when it is asked for. */
export function DiagramButton({ diagram, children }: DiagramButtonProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <div className="diagram-button">
      {children}
      <Button type="link" size="small" icon={<ExpandOutlined />} onClick={() => setOpen(true)}>
        {t('flow.open')}
      </Button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        width="min(1200px, 96vw)"
        centered
        title={diagram.name}
        destroyOnHidden
      >
        <div style={{ height: '70vh', position: 'relative' }}>
          <Suspense fallback={<Skeleton />}>
            <ProcessViewer xml={diagram.xml} active={diagram.active} done={diagram.done} failed={diagram.failed} label={diagram.name} />
          </Suspense>
        </div>
      </Modal>
    </div>
  )
}
