import type { Request, Response } from 'express'
import type { ZodType } from 'zod'
import type { Actor } from '../identity/actor.ts'
import type { Permission } from './permission.ts'

/** One call of the API, parsed and authorised. */
export interface Call<Query = unknown, Body = unknown> {
  readonly actor: Actor
  readonly may: (permission: Permission) => boolean
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
  readonly requestId: string
  readonly request: Request
  readonly response: Response
}

/**
 * One route below /api. `handle` answers the body (undefined: 204). `public` and `machine` routes have no actor: they must not read it.
 * `stream` routes write the response themselves (files, server-sent events). The OpenAPI document is made from these.
 */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** Below /api, as `/records/:number`. */
  readonly path: string
  readonly summary: string
  /** `machine`: a machine account (Basic or Bearer), for workers; such a call has no actor either. */
  readonly access: 'public' | 'session' | 'machine' | Permission
  readonly query?: ZodType
  readonly body?: ZodType
  readonly answer?: ZodType
  readonly status?: number
  readonly stream?: boolean
  /** May be called before a forced change of password. */
  readonly beforePasswordChange?: boolean
  readonly handle: (call: Call) => Promise<unknown>
}

type Inferred<S> = S extends ZodType<infer T> ? T : unknown

interface RouteInput<Q extends ZodType | undefined, B extends ZodType | undefined> extends Omit<Route, 'query' | 'body' | 'handle'> {
  readonly query?: Q
  readonly body?: B
  readonly handle: (call: Call<Inferred<Q>, Inferred<B>>) => Promise<unknown>
}

/** Declares a route; `call.query` and `call.body` have the types of their contracts. */
export function route<Q extends ZodType | undefined = undefined, B extends ZodType | undefined = undefined>(
  input: RouteInput<Q, B>,
): Route {
  return input as unknown as Route
}
