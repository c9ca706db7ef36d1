import { z } from 'zod'
import { decide, decided, inboxPage, returnSeat, saveDraft, taskPage } from '../../contracts/api/inbox.ts'
import { started, startForm, startPage, startRequest } from '../../contracts/api/start.ts'
import { Refusal } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import type { Approval } from './index.ts'

const savedAt = z.object({ savedAt: z.number() })

/** /api/inbox, /api/seats, /api/start and signatures. */
export function approvalRoutes(approval: Omit<Approval, 'routes'>): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/inbox',
      summary: 'What waits for me, what I did, what I started',
      access: 'session',
      query: z.object({
        tab: z.enum(['todo', 'done', 'mine']).default('todo'),
        q: z.string().max(100).optional(),
        cursor: z.string().max(20).optional(),
      }),
      answer: inboxPage,
      handle: ({ actor, query }) => approval.inbox.page(actor, query),
    }),
    route({
      method: 'get',
      path: '/seats/:id',
      summary: 'The page of a seat',
      access: 'session',
      answer: taskPage,
      handle: ({ actor, params }) => approval.taskPage(actor, params['id'] ?? ''),
    }),
    route({
      method: 'post',
      path: '/seats/:id/decide',
      summary: 'Decide a seat; the same requestId twice has one effect',
      access: 'session',
      body: decide,
      answer: decided,
      handle: ({ actor, params, body }) => approval.decide(actor, params['id'] ?? '', body),
    }),
    route({
      method: 'post',
      path: '/seats/:id/return',
      summary: 'Send back (退回) with a reason',
      access: 'session',
      body: returnSeat,
      answer: decided,
      handle: ({ actor, params, body }) => approval.return(actor, params['id'] ?? '', body),
    }),
    route({
      method: 'put',
      path: '/seats/:id/draft',
      summary: 'Keep what is typed in a seat',
      access: 'session',
      body: saveDraft,
      answer: savedAt,
      handle: async ({ actor, params, body }) => {
        const seatId = params['id'] ?? ''
        if (!(await approval.inbox.open(actor)).some(({ seat }) => seat.id === seatId)) throw new Refusal('not-found')
        return approval.drafts.save(actor, `seat:${seatId}`, body.form)
      },
    }),
    route({
      method: 'get',
      path: '/start',
      summary: 'Procedures that I may start',
      access: 'session',
      answer: startPage,
      handle: async ({ actor }) => ({ procedures: await approval.startPages.list(actor) }),
    }),
    route({
      method: 'get',
      path: '/start/:procedure',
      summary: 'The form with which a procedure starts',
      access: 'session',
      answer: startForm,
      handle: ({ actor, params }) => approval.startPages.form(actor, params['procedure'] ?? ''),
    }),
    route({
      method: 'post',
      path: '/start/:procedure',
      summary: 'Start a procedure; the same requestId twice is one start',
      access: 'session',
      body: startRequest,
      answer: started,
      handle: ({ actor, params, body }) => approval.start(actor, params['procedure'] ?? '', body),
    }),
    route({
      method: 'put',
      path: '/start/:procedure/draft',
      summary: 'Keep what is typed before starting',
      access: 'session',
      body: saveDraft,
      answer: savedAt,
      handle: async ({ actor, params, body }) => {
        const procedureId = params['procedure'] ?? ''
        if (!(await approval.startPages.list(actor)).some((one) => one.id === procedureId)) throw new Refusal('not-found')
        return approval.drafts.save(actor, `start:${procedureId}`, body.form)
      },
    }),
    route({
      method: 'get',
      path: '/signatures/:id',
      summary: 'The image of a signature on a record that I may see',
      access: 'session',
      stream: true,
      handle: async ({ actor, params, response }) => {
        const image = await approval.signatureImage(actor, params['id'] ?? '')
        response.type('png').set('cache-control', 'private, max-age=31536000, immutable').send(image)
      },
    }),
  ]
}
