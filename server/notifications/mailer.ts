import { createTransport } from 'nodemailer'

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Hands a mail to a server that takes the responsibility for it; throws when it does not. */
export interface Mailer {
  send(mail: Mail): Promise<void>
  close(): void
}

/** Mail over SMTP: `smtp://user:password@host:port` or `smtps://…`. Recipients come from the register, the subject is one line. */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport(url, { from, disableFileAccess: true, disableUrlAccess: true })
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({ to, subject: subject.replace(/[\r\n]+/g, ' '), text })
    },
    close: () => transport.close(),
  }
}
