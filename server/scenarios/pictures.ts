/** Pictures that people of a scenario take and draw. */
export interface Pictures {
  /** JPEG or PNG bytes of the next photo taken before or after the work. */
  photo(moment: 'before' | 'after'): { readonly bytes: Buffer; readonly mime: 'image/jpeg' | 'image/png' }
  /** PNG data URL of a signature. */
  readonly signature: string
}

/** One black point: the smallest picture that is one. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

/** For test cases: as small as pictures can be. */
export const smallestPictures: Pictures = {
  photo: () => ({ bytes: Buffer.from(PNG, 'base64'), mime: 'image/png' }),
  signature: `data:image/png;base64,${PNG}`,
}
