const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿', '万亿']

/** 万元 in the capital figures of vouchers: 0.6 is 陆仟元整, 12.35 is 壹拾贰万叁仟伍佰元整. Empty for what is no amount. */
export function moneyInWords(wan: number): string {
  if (!Number.isFinite(wan) || wan < 0 || wan >= 1e8) return ''
  const fen = Math.round(wan * 1_000_000)
  const yuan = Math.floor(fen / 100)
  const rest = fen % 100
  const tail = rest === 0 ? '整' : (rest >= 10 ? `${DIGITS[Math.floor(rest / 10)]}角` : '零') + (rest % 10 ? `${DIGITS[rest % 10]}分` : '')
  return `${yuan === 0 ? '零' : wholeWords(yuan)}元${tail}`
}

/** From the highest group of four down; a zero is read where a lower group has no thousands. */
function wholeWords(yuan: number): string {
  let text = ''
  for (let group = GROUPS.length - 1; group >= 0; group--) {
    const part = Math.floor(yuan / 10_000 ** group) % 10_000
    if (part === 0) continue
    const skipped = text !== '' && (part < 1000 || Math.floor(yuan / 10_000 ** (group + 1)) % 10_000 === 0)
    text += (skipped ? '零' : '') + groupWords(part) + GROUPS[group]
  }
  return text
}

function groupWords(part: number): string {
  let text = ''
  let zero = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(part / 10 ** place) % 10
    if (digit === 0) zero = text !== ''
    else {
      text += (zero ? '零' : '') + DIGITS[digit] + PLACES[place]
      zero = false
    }
  }
  return text
}
