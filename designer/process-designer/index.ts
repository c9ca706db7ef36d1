export { ProcessDesigner } from './ProcessDesigner.tsx'
