const MAX_SIDE = 1600
const MAX_BYTES = 500_000

/** A photo of at most 500 KB with its watermark burnt in. What the browser cannot decode is sent as it is; the server judges it. */
export async function shrinkPhoto(file: Blob, watermark: readonly string[]): Promise<Blob> {
  if (typeof createImageBitmap !== 'function') return file
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return file
  }
  const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d')
  if (!context) return file
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  drawWatermark(context, watermark)
  for (const quality of [0.85, 0.7, 0.55, 0.4]) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
    if (blob && (blob.size <= MAX_BYTES || quality === 0.4)) return blob
  }
  return file
}

function drawWatermark(context: CanvasRenderingContext2D, lines: readonly string[]): void {
  if (lines.length === 0) return
  const { width, height } = context.canvas
  const size = Math.max(14, Math.round(width / 32))
  const band = size * 1.4 * lines.length + size * 0.6
  const shade = context.createLinearGradient(0, height - band * 1.4, 0, height)
  shade.addColorStop(0, 'rgba(0,0,0,0)')
  shade.addColorStop(1, 'rgba(0,0,0,0.65)')
  context.fillStyle = shade
  context.fillRect(0, height - band * 1.4, width, band * 1.4)
  context.font = `${size}px "PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif`
  context.fillStyle = '#fff'
  lines.forEach((line, index) => {
    context.fillText(line, size * 0.6, height - band + size * 1.2 + index * size * 1.4, width - size)
  })
}
