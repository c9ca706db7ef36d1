import type { Page } from 'playwright-core'
import { sign } from './form-driver.ts'

/** Opens what waits in somebody's inbox, by the step and a word of its title. */
export async function openTask(page: Page, step: string, word = ''): Promise<void> {
  await page.goto('/inbox')
  const row = page.locator('.inbox-row', { hasText: step }).filter({ hasText: word }).first()
  await row.waitFor()
  const href = await row.getAttribute('href')
  await page.goto(href ?? '/inbox')
  await page.locator('.bar button, .sign-deeds button').first().waitFor()
}

export interface Decision {
  /** Word on the button. */
  readonly outcome: string
  readonly opinion?: string
  readonly signed?: boolean
}

/** Presses an outcome, writes the opinion, signs by hand, confirms. Resolves with the sentence that the site answers. */
export async function decide(page: Page, { outcome, opinion, signed = true }: Decision): Promise<string> {
  const button = page.locator('.bar, .sign-deeds').getByRole('button', { name: outcome, exact: true }).first()
  if (!(await button.isVisible())) await page.locator('.bar').getByRole('button', { name: '其他结论' }).click()
  const choice = button.or(page.getByRole('menuitem', { name: outcome, exact: true })).first()
  await choice.click()
  const dialog = page.getByRole('dialog')
  if (signed || opinion !== undefined) {
    await dialog.waitFor()
    if (opinion !== undefined) await dialog.getByLabel(/^意见/).fill(opinion)
    if (signed) await sign(page, dialog.locator('.bf-pad canvas'))
    await dialog.getByRole('button', { name: /^确认/ }).click()
  }
  return answer(page)
}

/** The sentence that says what happened. */
export async function answer(page: Page): Promise<string> {
  const message = page.locator('.ant-message-success').last()
  await message.waitFor()
  return (await message.textContent()) ?? ''
}

/** On the principal's page: sees the whole list, then signs. */
export async function signList(page: Page, outcome: string): Promise<string> {
  const items = page.locator('[data-index]')
  await items.first().waitFor()
  for (let index = 0; index < (await items.count()); index++) {
    // Above the bar, where a person reads it: a long list goes on below.
    await items.nth(index).evaluate((item) => item.scrollIntoView({ block: 'center' }))
    await page.locator(`[data-index="${index}"][data-unseen="false"]`).waitFor()
  }
  await page.getByText(/项都看过了/).waitFor()
  return decide(page, { outcome })
}
