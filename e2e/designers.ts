import type { Page } from 'playwright-core'

/** Job 8: a field more on the registration form, published as a new version. */
export async function addFieldToForm(page: Page, key: string, label: string): Promise<void> {
  await page.goto(`/admin/forms/${key}`)
  await page.getByRole('button', { name: '单行文字' }).first().click()
  const title = page
    .getByLabel('标题', { exact: true })
    .or(page.getByLabel('名称', { exact: true }))
    .first()
  await title.fill(label)
  await page
    .getByText(/已自动保存|已存/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: /发布 v/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill('加一个字段')
  await dialog.getByRole('button', { name: /发布/ }).last().click()
}

/** Job 8: another deadline or level in the county's settings of a procedure, published as a new version. */
export async function renameFirstLevel(page: Page, procedure: string, label: string): Promise<void> {
  await page.goto(`/admin/procedures/${procedure}`)
  await page.locator('.djs-container').waitFor()
  const first = page.locator('.pd-inspector input, aside input').first()
  await first.fill(label)
  await page
    .getByText(/已自动保存/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: /^发布 v/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill('调整确认层级')
  await dialog.getByRole('button', { name: /发布/ }).last().click()
}
