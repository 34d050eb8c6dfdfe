/** The longer side of a saved picture, in pixels. */
const longest = 3200

/** Saves a picture as a file: an SVG as it is, or drawn as a PNG. */
export async function savePicture(svg: string, title: string, type: 'svg' | 'png'): Promise<void> {
  const drawn = new Blob([svg], { type: 'image/svg+xml' })
  const file = type === 'svg' ? drawn : await pngOf(drawn)
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = `${title.replaceAll(/[\\/:*?"<>|]/g, ' ').trim()}.${type}`
  link.click()
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

async function pngOf(svg: Blob): Promise<Blob> {
  const url = URL.createObjectURL(svg)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const scale = Math.min(3, longest / Math.max(image.width, image.height))
    const canvas = new OffscreenCanvas(Math.ceil(image.width * scale), Math.ceil(image.height * scale))
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await canvas.convertToBlob({ type: 'image/png' })
  } finally {
    URL.revokeObjectURL(url)
  }
}
