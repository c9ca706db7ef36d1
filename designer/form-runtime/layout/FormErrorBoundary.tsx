import { Button } from 'antd'
import { Component, type ReactNode } from 'react'
import { say } from '../words/say.ts'

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
        <p>{say('form.failed')}</p>
        <Button onClick={() => this.setState({ failed: false })}>{say('form.retry')}</Button>
      </div>
    )
  }
}
