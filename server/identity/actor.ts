/** Who acts in a use case. `countyCode` is the tenant: whatever belongs to another county is not found. */
export interface Actor {
  readonly personId: string
  readonly countyCode: string
  readonly kind: 'enterprise' | 'official' | 'admin'
  /** The person whose place the actor takes (代理). */
  readonly onBehalfOf?: string
}
