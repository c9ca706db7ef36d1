/** What a notice may speak of. */
export interface NoticeSubject {
  readonly number: string
  readonly title: string
  readonly enterpriseName: string
  readonly townName: string
}

interface Notice {
  readonly title: string
  readonly words: (subject: NoticeSubject) => string
}

/** The notices that procedures send by `notify`, by their key in the model. */
export const NOTICES = {
  'hazard-reported': {
    title: '重大隐患待确认',
    words: ({ number, title, enterpriseName, townName }) => `${townName}${enterpriseName}上报疑似重大隐患 ${number}：${title}。`,
  },
  'hazard-confirmed': {
    title: '重大隐患已确认',
    words: ({ number, title, enterpriseName }) => `${enterpriseName}的 ${number} 已确认为重大隐患：${title}。`,
  },
  'listing-issued': {
    title: '挂牌督办通知',
    words: ({ number, enterpriseName }) => `${enterpriseName}的重大隐患 ${number} 已挂牌督办，请签收通知书。`,
  },
  'hazard-voided': {
    title: '隐患已作废',
    words: ({ number, title, enterpriseName }) => `${enterpriseName}的 ${number} 已作废，不再办理：${title}。`,
  },
  'acceptance-failed-twice': {
    title: '重复验收不合格',
    words: ({ number, enterpriseName }) => `${enterpriseName}的 ${number} 再次验收不合格。`,
  },
} as const satisfies Readonly<Record<string, Notice>>
export type NoticeKey = keyof typeof NOTICES

export function isNotice(key: string): key is NoticeKey {
  return Object.hasOwn(NOTICES, key)
}
