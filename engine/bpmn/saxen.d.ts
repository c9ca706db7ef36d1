declare module 'saxen' {
  interface ElementView {
    readonly name: string
    readonly originalName: string
    readonly attrs: Readonly<Record<string, string>>
    readonly ns: Readonly<Record<string, string>>
  }
  type Decode = (text: string) => string
  export class Parser {
    constructor(options: { proxy: true })
    ns(prefixes: Readonly<Record<string, string>>): this
    on(event: 'openTag', listener: (element: ElementView, decode: Decode) => void): this
    on(event: 'closeTag', listener: () => void): this
    on(event: 'text', listener: (text: string, decode: Decode) => void): this
    on(event: 'cdata', listener: (text: string) => void): this
    on(event: 'comment' | 'attention', listener: (text: string) => void): this
    on(event: 'error' | 'warn', listener: (error: Error) => void): this
    parse(xml: string): void
    stop(): void
  }
}
