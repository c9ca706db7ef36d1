/** A new id for a change that may be sent twice (bad reception) and must count once. */
export const newRequestId = () => crypto.randomUUID()
