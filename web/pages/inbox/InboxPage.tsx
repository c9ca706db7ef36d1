import { useIsPhone } from '../../shell/use-is-phone.ts'
import { DesktopInbox } from './DesktopInbox.tsx'
import { PhoneInbox } from './PhoneInbox.tsx'
import './inbox.css'

export function Page() {
  return useIsPhone() ? <PhoneInbox /> : <DesktopInbox />
}
