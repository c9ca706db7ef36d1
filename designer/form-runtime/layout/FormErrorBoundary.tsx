import { Button } from 'antd'
import { Component, type ReactNode } from 'react'

/** One form that cannot be drawn must not take the page with it. */
export class FormErrorBoundary extends Component<{ readonly children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override componentDidCatch(error: unknown): void {
    console.error('form could not be drawn', error)
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <div className="bf-errors" role="alert">
        <p>这张表单没能显示。填过的内容没有丢，请再试一次。</p>
        <Button onClick={() => this.setState({ failed: false })}>重试</Button>
      </div>
    )
  }
}
