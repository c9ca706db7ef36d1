import type { RemoteEngineConfig } from '../config.ts'

/** Takes everything out of another server's engine, so that a scenario finds nothing of the one before. Only for a server of our own. */
export async function emptyRemoteEngine({ url, credentials }: RemoteEngineConfig): Promise<void> {
  const headers: Record<string, string> = credentials
    ? {
        authorization:
          'token' in credentials ? `Bearer ${credentials.token}` : `Basic ${btoa(`${credentials.user}:${credentials.password}`)}`,
      }
    : {}
  const deployments = (await (await fetch(`${url}/deployment`, { headers })).json()) as { id: string }[]
  for (const { id } of deployments) {
    const gone = await fetch(`${url}/deployment/${id}?cascade=true&skipCustomListeners=true&skipIoMappings=true`, {
      method: 'DELETE',
      headers,
    })
    if (!gone.ok) throw new Error(`deployment ${id} could not be deleted: ${gone.status}`)
  }
}
