import sharp from 'sharp'
import { expect, test } from 'vitest'
import { drawPreview, previewSize } from '../src/index.ts'

const worldId = '019b2c3d-4e5f-7a6b-8c7d-9e0f1a2b3c4d'
const words = { title: 'The Iron Coast', above: 'A world', below: 'A shore.' }

/** How light the lower half is, where the words are, from 0 to 255. */
async function lightness(png: Uint8Array): Promise<number> {
  const { width, height } = previewSize
  const { channels } = await sharp(png)
    .extract({ left: 0, top: height / 2, width, height: height / 2 })
    .greyscale()
    .toBuffer()
    .then((lower) => sharp(lower).stats())
  return channels[0]?.mean ?? 0
}

test('a preview has its size, and shows its words on the horizon of its world', async () => {
  const png = await drawPreview({ ...words, background: { worldId } })
  expect(await sharp(png).metadata()).toMatchObject({ format: 'png', ...previewSize })
  const blank = await drawPreview({ title: '', above: '', below: '', background: { worldId } })
  expect(await lightness(png)).toBeGreaterThan((await lightness(blank)) + 1)
  expect(await drawPreview({ ...words, background: { worldId } })).toEqual(png)
})

test('a cover is cropped to it, whatever its shape', async () => {
  for (const [width, height] of [
    [40, 2000],
    [3000, 30],
    [300, 300],
  ] as const) {
    const cover = await sharp({ create: { width, height, channels: 4, background: '#ffffff80' } })
      .png()
      .toBuffer()
    const png = await drawPreview({ ...words, background: new Uint8Array(cover) })
    expect(await sharp(png).metadata()).toMatchObject(previewSize)
  }
})

test.each(['', 'a'.repeat(255), '海岸の鉄', 'الساحل', '👻 Ghosts', '<b>&amp;</b>', 'Ð ő Ư\u0301'])(
  '%j is no fault',
  async (title) => {
    const png = await drawPreview({ title, above: title, below: title, background: { worldId } })
    expect(await sharp(png).metadata()).toMatchObject(previewSize)
  },
)

test('of a script that its fonts do not have there are no boxes', async () => {
  const blank = await drawPreview({ title: '', above: '', below: '', background: { worldId } })
  expect(await drawPreview({ title: '海岸の鉄', above: '', below: 'الساحل', background: { worldId } })).toEqual(blank)
})
