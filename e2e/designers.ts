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

/** Job 8: who confirms and by when, changed on the confirmation's node and published as a new version. */
export async function changeConfirmation(
  page: Page,
  procedure: string,
  change: { label: string; post: string; days: number },
): Promise<void> {
  await page.goto(`/admin/procedures/${procedure}`)
  await page.locator('.djs-container').waitFor()
  await page.getByLabel('查找节点').click()
  await page.getByTitle('分级确认', { exact: true }).click()
  await page.getByRole('tab', { name: '办理人' }).click()
  await page.getByLabel('称呼').first().fill(change.label)
  await page.getByRole('combobox', { name: '职务' }).nth(1).click()
  await page.getByTitle(change.post, { exact: true }).last().click()
  await page.getByRole('tab', { name: '时限' }).click()
  await page.getByRole('spinbutton').first().fill(String(change.days))
  await page
    .getByText(/已自动保存/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: /^发布 v/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill('调整确认人和时限')
  await dialog.getByRole('button', { name: /发布/ }).last().click()
}
