export { ProcessDesigner, type ProcessDesignerProps } from './ProcessDesigner.tsx'
export { ProcessViewer, type ProcessViewerProps } from './ProcessViewer.tsx'
