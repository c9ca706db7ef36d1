export { type Mail, type Mailer, smtpMailer } from './mailer.ts'
export { isNotice, NOTICES, type NoticeKey, type NoticeSubject } from './notices.ts'
export { makeNotifications, type Notifications, type NotificationsDeps } from './notifications.ts'
export type { Telling } from './tell.ts'
