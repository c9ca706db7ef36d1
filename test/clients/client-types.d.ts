/** What the tests use of the client beyond what the workers do. */
declare module 'camunda-external-task-client-js' {
  export interface Variables {
    get(name: string): unknown
    getAll(): Record<string, unknown>
    set(name: string, value: unknown): this
  }

  export interface Task {
    workerId: string
    extensionProperties: Record<string, string> | null
  }

  export interface TaskService {
    handleBpmnError(task: Task, errorCode: string, errorMessage?: string, variables?: Variables): Promise<void>
    extendLock(task: Task, newDuration: number): Promise<void>
    unlock(task: Task): Promise<void>
  }

  export interface Client {
    subscribe(
      topic: string,
      options: Record<string, unknown>,
      handler: (call: { task: Task; taskService: TaskService }) => Promise<void>,
    ): { unsubscribe(): void }
  }

  export class File {
    constructor(options: { localPath: string; mimetype?: string; encoding?: string })
    filename: string
    content: { toString(): string }
    load(): Promise<File>
  }

  export class BasicAuthInterceptor {
    constructor(credentials: { username: string; password: string })
  }
}
