/** Filled in by the compiler; see the files beside it. */
export interface ProcessModel {
  readonly id: string
}
