import { message as antdMessage } from 'antd'
import { useEffect } from 'react'
import { showMessages } from './messages.ts'

/** antd's messages, in the theme of the page. */
export function MessageHolder() {
  const [api, holder] = antdMessage.useMessage()
  useEffect(() => showMessages(({ kind, text, seconds }) => void api[kind](text, seconds)), [api])
  return holder
}
