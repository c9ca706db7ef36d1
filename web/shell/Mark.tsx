/** The mark: a ring that closes. */
export const Mark = () => (
  <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true" className="mark">
    <path d="M21.2 8.2A9.5 9.5 0 1 0 22.5 13" />
    <path d="M8.6 13.2l3.2 3.2 6.4-7" />
  </svg>
)
