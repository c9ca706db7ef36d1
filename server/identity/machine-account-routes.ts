import { issuedMachineAccount, machineAccountList, newMachineAccount } from '../../contracts/api/machine-account.ts'
import { type Grant, grantText, parseGrant } from '../../engine/index.ts'
import type { Audit } from '../audit/index.ts'
import { Refusal } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import type { MachineAccounts } from './machine-accounts.ts'

/** An administrator makes accounts for programs of the own county: `county/name`, and that county is their only tenant. */
export function machineAccountRoutes({ machines, audit }: { machines: MachineAccounts; audit: Audit }): readonly Route[] {
  const full = (countyCode: string, name: string) => `${countyCode}/${name}`
  return [
    route({
      method: 'get',
      path: '/admin/machine-accounts',
      summary: 'Programs of the county that may call /engine-rest',
      access: 'admin.operations',
      answer: machineAccountList,
      async handle({ actor }) {
        const prefix = full(actor.countyCode, '')
        const accounts = (await machines.list()).filter(({ id }) => id.startsWith(prefix))
        return {
          accounts: accounts.map(({ id, groups, grants, createdAt }) => ({
            name: id,
            groups: [...groups],
            grants: grants.map(grantText),
            createdAt,
          })),
        }
      },
    }),
    route({
      method: 'post',
      path: '/admin/machine-accounts',
      summary: 'Make an account for a program; its token is told once',
      access: 'admin.operations',
      body: newMachineAccount,
      answer: issuedMachineAccount,
      status: 201,
      async handle({ actor, body }) {
        const name = full(actor.countyCode, body.name)
        const grants = body.grants.map(readGrant)
        const token = await machines.issue(name, { groups: body.groups, tenants: [actor.countyCode], grants, isAdmin: false })
        await audit.append(actor, { action: 'machine-account.issued', subject: `machine-account:${name}`, data: { grants: body.grants } })
        return { name, token }
      },
    }),
    route({
      method: 'delete',
      path: '/admin/machine-accounts/:name',
      summary: 'End an account; its token is worth nothing from then on',
      access: 'admin.operations',
      async handle({ actor, params }) {
        const name = full(actor.countyCode, params.name ?? '')
        await machines.remove(name)
        await audit.append(actor, { action: 'machine-account.removed', subject: `machine-account:${name}` })
      },
    }),
  ]
}

function readGrant(text: string, at: number): Grant {
  try {
    return parseGrant(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new Refusal('invalid-request', { errors: [{ field: `grants.${at}`, code: 'invalid', message }] })
  }
}
