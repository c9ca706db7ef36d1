import { describeWords } from '../../../test/builders/describe-words.ts'
import { english } from './en-US.ts'
import { chinese } from './zh-CN.ts'

describeWords('the form runtime', english, chinese)
