import { Component, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { RouteError } from './RouteError.tsx'

interface BoundaryProps {
  /** What broke at one address may work at another. */
  address: string
  children: ReactNode
}

class Boundary extends Component<BoundaryProps, { broke: boolean }> {
  override state = { broke: false }

  static getDerivedStateFromError() {
    return { broke: true }
  }

  override componentDidUpdate(before: BoundaryProps) {
    if (this.state.broke && before.address !== this.props.address) this.setState({ broke: false })
  }

  override render() {
    return this.state.broke ? <RouteError /> : this.props.children
  }
}

/** Keeps what breaks in one page from taking the frame along; another address begins anew. */
export function PageBoundary({ children }: { children: ReactNode }) {
  return <Boundary address={useLocation().pathname}>{children}</Boundary>
}
