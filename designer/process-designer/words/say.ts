import { wordsOf } from '../../words-of.ts'
import { english } from './en-US.ts'
import { chinese } from './zh-CN.ts'

export const say = wordsOf(chinese, english)
