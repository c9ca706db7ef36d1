import { Suspense } from 'react'
import { Outlet } from 'react-router'
import { PageBoundary } from '../parts/PageBoundary.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'

/** Where the page stands in its frame. While another page's chunk is on its way, the page before stays. */
export const PagePlace = () => (
  <PageBoundary>
    <Suspense fallback={<Skeleton rows={4} />}>
      <Outlet />
    </Suspense>
  </PageBoundary>
)
