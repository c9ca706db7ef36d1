export { smtpMailer } from './mailer.ts'
export { isNotice, NOTICES } from './notices.ts'
export { makeNotifications, type Notifications } from './notifications.ts'
