/** What we use of the client, which ships no types. */
declare module 'camunda-external-task-client-js' {
  export interface TypedValue {
    type?: string
    value?: unknown
    valueInfo?: Record<string, unknown>
  }

  export class Variables {
    constructor(initial?: Record<string, TypedValue>)
    getAllTyped(): Record<string, TypedValue>
    setTyped(name: string, value: TypedValue): this
  }

  export interface Task {
    id: string
    topicName: string
    activityId: string
    processInstanceId: string
    businessKey: string | null
    tenantId: string | null
    retries: number | null
    variables: Variables
  }

  export interface TaskService {
    complete(task: Task, variables?: Variables, localVariables?: Variables): Promise<void>
    handleFailure(
      task: Task,
      options: { errorMessage: string; errorDetails?: string; retries: number; retryTimeout: number },
    ): Promise<void>
  }

  export type RequestConfig = Record<string, unknown> & { headers?: Record<string, string> }

  export interface ClientOptions {
    baseUrl: string
    workerId: string
    maxTasks?: number
    maxParallelExecutions?: number
    interval?: number
    lockDuration?: number
    asyncResponseTimeout?: number
    autoPoll?: boolean
    interceptors?: ((config: RequestConfig) => RequestConfig)[]
  }

  export class Client {
    constructor(options: ClientOptions)
    activeTasksCount: number
    subscribe(
      topic: string,
      options: { lockDuration: number },
      handler: (call: { task: Task; taskService: TaskService }) => Promise<void>,
    ): { unsubscribe(): void }
    on(event: string, listener: (...args: unknown[]) => void): this
    start(): void
    stop(): void
  }
}
