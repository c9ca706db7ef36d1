import { InputNumber, type InputNumberProps } from 'antd'

/** A number as both number types take it. */
export const NumberBox = (props: InputNumberProps<number>) => (
  <InputNumber<number> className="bf-full" controls={false} inputMode="decimal" {...props} />
)
