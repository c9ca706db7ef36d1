/** Where an attachment's bytes are. */
export const attachmentUrl = (id: string) => `/api/attachments/${encodeURIComponent(id)}`
