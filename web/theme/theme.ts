import type { ThemeConfig } from 'antd'

/** The one theme of the site. Measures are on a grid of 4 px; text is 16 px where people read and decide, 14 px in tables and panels. */
export const theme: ThemeConfig = {
  cssVar: { key: 'bihuan' },
  token: {
    colorPrimary: '#1557D6',
    colorError: '#C8291E',
    colorWarning: '#B86E00',
    colorSuccess: '#1F7A45',
    colorInfo: '#1557D6',
    colorLink: '#1557D6',
    colorTextPlaceholder: '#5D6778',
    colorTextDescription: '#5D6778',
    colorTextTertiary: '#5D6778',
    colorTextDisabled: '#5D6778',
    colorTextBase: '#1B2230',
    colorBgLayout: '#F4F6F9',
    colorBorderSecondary: '#E6EAF0',
    borderRadius: 6,
    controlHeight: 36,
    fontSize: 14,
    fontFamily: '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif',
    wireframe: false,
  },
  components: {
    Layout: { headerBg: '#FFFFFF', headerHeight: 52, siderBg: '#FFFFFF', bodyBg: '#F4F6F9' },
    Table: { headerBg: '#F7F9FB', cellPaddingBlock: 10 },
    Card: { paddingLG: 20 },
  },
}

/** On a phone every control is a thumb's size. */
export const phoneTheme: ThemeConfig = {
  ...theme,
  token: { ...theme.token, controlHeight: 44, controlHeightLG: 48, fontSize: 16 },
  components: { ...theme.components, DatePicker: { cellWidth: 34, cellHeight: 34 } },
}
