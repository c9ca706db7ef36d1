import { randomBytes, randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '../http/problem.ts'

/** Argon2id (the library's default algorithm) with the least memory that OWASP asks for. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON2ID)

export async function isPassword(storedHash: string, password: string): Promise<boolean> {
  return verify(storedHash, password)
}

let decoy: Promise<string> | undefined

/** Costs as much time as a check of a real account, so that the answer's time does not tell whether the account exists. */
export async function checkDecoy(password: string): Promise<false> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'))
  await verify(await decoy, password)
  return false
}

// Without the signs that are mistaken for each other when a password is read from paper.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password made for this installation: twelve signs in three groups, 59 bits. */
export function inventPassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return `${group()}-${group()}-${group()}`
}

/** Refuses passwords that are too short, too simple or contain the account's name. */
export function assertStrongPassword(password: string, accountName: string): void {
  const simple = new Set(password).size < 5
  const named = accountName.length >= 3 && password.toLowerCase().includes(accountName.toLowerCase())
  if (password.length < 10 || simple || named)
    throw new Refusal('weak-password', { errors: [{ field: 'next', code: 'weak', message: '至少 10 个字符，不能过于简单或包含账号' }] })
}
