import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'

const PHOTO = join(import.meta.dirname, 'photo.jpg')

/** A hand on the forms: everything through what a person sees, labels and buttons. */
export function formDriver(page: Page, within: Locator | Page = page) {
  const field = (label: string) => within.getByLabel(label, { exact: true }).first()
  const isThere = async (label: string) => (await field(label).count()) > 0 && (await field(label).isVisible())
  /** A picker's own words: its input stays empty. */
  const chosen = async (label: string) =>
    (await field(label).locator('xpath=ancestor::*[contains(@class,"ant-select")][1]').textContent())?.trim() ?? ''
  const driver = {
    text: (label: string, words: string) => field(label).fill(words),
    async textIfEmpty(label: string, words: string) {
      if ((await field(label).inputValue()) === '') await field(label).fill(words)
    },
    async textIfAsked(label: string, words: string) {
      if (await isThere(label)) await driver.textIfEmpty(label, words)
    },
    async chooseIfEmpty(label: string, option: string | RegExp) {
      const words = await chosen(label)
      if (words === '' || /选择/.test(words)) await driver.choose(label, option)
    },
    async chooseIfAsked(label: string, option: string | RegExp) {
      if (await isThere(label)) await driver.chooseIfEmpty(label, option)
    },
    async radioIfAsked(name: string) {
      const radio = within.getByRole('radio', { name }).first()
      if ((await radio.count()) > 0) await radio.click()
    },
    async photos(label: string, least: number) {
      const group = within.getByRole('group', { name: label, exact: true }).first()
      for (let count = await group.locator('.bf-thumb').count(); count < least; count++) await driver.photo(label)
    },
    async photosIfAsked(label: string, least: number) {
      if ((await within.getByRole('group', { name: label, exact: true }).count()) > 0) await driver.photos(label, least)
    },
    /** Adds the first row of a table that has none. */
    async row(title: string) {
      const table = within
        .locator('.bf-field')
        .filter({ has: page.locator('.bf-label', { hasText: title }) })
        .last()
      const add = table.locator('.bf-add').first()
      if ((await table.locator('.bf-card, tbody tr').count()) === 0) await add.click()
    },
    async file(label: string) {
      const group = within.getByRole('group', { name: label, exact: true }).first()
      const place = (await group.count()) > 0 ? group : within.locator('.bf-field', { hasText: label }).last()
      if ((await place.locator('a, .bf-file').count()) > 0) return
      await place.locator('input[type=file]').first().setInputFiles(PHOTO)
      await place.getByText('photo.jpg').first().waitFor()
    },
    async choose(label: string, option: string | RegExp) {
      const box = field(label)
      await box.click()
      const id = await box.getAttribute('aria-controls')
      const list = id
        ? page.locator('.ant-select-dropdown', { has: page.locator(`[id="${id}"]`) })
        : page.locator('.ant-select-dropdown:visible')
      const wanted = list.locator('.ant-select-item-option', { hasText: option }).first()
      // A list that is asked from the server is drawn twice: the second time may take the option away under the hand.
      for (let attempt = 0; attempt < 4; attempt++) {
        if (!(await list.isVisible())) await box.click()
        // A long list is asked for by name.
        if (typeof option === 'string' && (await box.isEditable())) await box.fill(option)
        // Choosing again in a list of several would take it away.
        if ((await wanted.getAttribute('class'))?.includes('option-selected')) break
        if (
          await wanted.click({ timeout: 2000 }).then(
            () => true,
            () => false,
          )
        )
          break
      }
      // Only a list of several stays open; elsewhere Escape would close the drawer around it.
      if (await list.isVisible()) await page.keyboard.press('Escape')
      await list.waitFor({ state: 'hidden' })
    },
    async dayIfEmpty(label: string, day: string) {
      if ((await field(label).inputValue()) === '') await driver.day(label, day)
    },
    async day(label: string, day: string) {
      // A phone brings its own wheel.
      if ((await field(label).getAttribute('type')) === 'date') return field(label).fill(day)
      await field(label).click()
      const calendar = page.locator('.ant-picker-dropdown:visible')
      const wanted = calendar.locator(`td.ant-picker-cell-in-view[title="${day}"]`)
      for (let month = 0; month < 24 && (await wanted.count()) === 0; month++) {
        const shown = (await calendar.locator('td.ant-picker-cell-in-view').first().getAttribute('title')) ?? ''
        await calendar.locator(shown < day ? '.ant-picker-header-next-btn' : '.ant-picker-header-prev-btn').click()
      }
      await wanted.click()
    },
    radio: (name: string | RegExp) => within.getByRole('radio', { name }).first().click(),
    toggle: (label: string) => field(label).click(),
    async photo(label: string) {
      const group = within.getByRole('group', { name: label, exact: true }).first()
      const before = await group.locator('.bf-thumb').count()
      await group.locator('input[type=file]').first().setInputFiles(PHOTO)
      await group.locator('.bf-thumb:not([data-state])').nth(before).waitFor()
    },
    sign: () => sign(page, within.locator('.bf-pad canvas').first()),
  }
  return driver
}

/** Two strokes of a pen on a pad. */
export async function sign(page: Page, pad: Locator): Promise<void> {
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('no pad to sign on')
  const strokes = [
    [0.2, 0.3, 0.7, 0.35],
    [0.45, 0.15, 0.4, 0.8],
    [0.3, 0.7, 0.75, 0.65],
  ] as const
  for (const [x1, y1, x2, y2] of strokes) {
    await page.mouse.move(box.x + box.width * x1, box.y + box.height * y1)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * x2, box.y + box.height * y2, { steps: 6 })
    await page.mouse.up()
  }
}
