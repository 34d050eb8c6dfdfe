import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { horizonSvg } from '@worldloom/schema/horizon'
import pLimit from 'p-limit'
import satori, { type Font } from 'satori'
import sharp from 'sharp'

/** What other sites show of a link: as wide and high as most of them ask for. https://ogp.me */
export const previewSize = { width: 1200, height: 630 } as const

export interface Preview {
  readonly title: string
  /** Above the title: the world, or what the entry is. */
  readonly above: string
  readonly below: string
  /** The picture behind it: an image file, or the horizon of the world with this id. */
  readonly background: Uint8Array | { readonly worldId: string }
}

/** Two at a time, as anybody can ask for them and each takes a processor for some tenths of a second. */
const limit = pLimit(2)

/** Draws the picture of a link, as PNG. Texts in scripts that its fonts do not have are left out. */
export async function drawPreview(preview: Preview): Promise<Uint8Array> {
  return await limit(() => draw(preview))
}

async function draw({ title, above, below, background }: Preview): Promise<Uint8Array> {
  const { width, height } = previewSize
  const behind =
    background instanceof Uint8Array
      ? sharp(background, { limitInputPixels: 100_000_000 })
      : sharp(
          Buffer.from(
            `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 400 200" preserveAspectRatio="xMidYMid slice">${horizonSvg(background.worldId)}</svg>`,
          ),
        )
  const words = await satori(layout({ title, above, below }), { width, height, fonts: fonts() })
  return await behind
    .resize({ width, height, fit: 'cover' })
    .flatten({ background: '#12151c' })
    .composite([{ input: Buffer.from(shade) }, { input: Buffer.from(words) }])
    .png({ compressionLevel: 9 })
    .timeout({ seconds: 20 })
    .toBuffer()
}

/** Dark from below, so that light words can be read on any picture. */
const shade = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"><defs><linearGradient id="a" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="#12151c" stop-opacity="0"/><stop offset="0.5" stop-color="#12151c" stop-opacity="0.5"/><stop offset="1" stop-color="#12151c" stop-opacity="0.92"/>
</linearGradient></defs><rect width="1200" height="630" fill="url(#a)"/></svg>`

/** As satori takes it: elements without JSX. https://github.com/vercel/satori#use-without-jsx */
function layout({ title, above, below }: Omit<Preview, 'background'>) {
  const line = (text: string, style: Record<string, unknown>) => ({
    type: 'div',
    key: null,
    props: { style: { display: 'block', width: '100%', ...style }, children: drawable(text) },
  })
  const ofTitle = drawable(title)
  return {
    type: 'div',
    key: null,
    props: {
      style: {
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'flex-end',
        width: '100%',
        height: '100%',
        boxSizing: 'border-box',
        padding: '64px 72px',
        color: '#fff8ef',
        fontFamily: 'Inter',
      },
      children: [
        line(above, { fontSize: 30, color: '#f2c98a', lineClamp: 1 }),
        line(title, {
          fontFamily: 'Fraunces',
          fontSize: ofTitle.length > 40 ? 68 : 92,
          lineHeight: 1.08,
          marginTop: 14,
          lineClamp: 3,
        }),
        line(below, { fontSize: 32, lineHeight: 1.4, marginTop: 22, color: '#ece6d9', lineClamp: 2 }),
      ],
    },
  }
}

/** Empty for a text with characters that the fonts do not have: better no words than boxes. */
function drawable(text: string): string {
  const line = text.replaceAll(/\p{Extended_Pictographic}\uFE0F?/gu, '').trim()
  return /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(line) ? line : ''
}

let loaded: Font[] | undefined

function fonts(): Font[] {
  loaded ??= [
    font('Fraunces', 600, import.meta.resolve('@fontsource/fraunces/files/fraunces-latin-600-normal.woff')),
    font('Fraunces', 600, import.meta.resolve('@fontsource/fraunces/files/fraunces-latin-ext-600-normal.woff')),
    font('Fraunces', 600, import.meta.resolve('@fontsource/fraunces/files/fraunces-vietnamese-600-normal.woff')),
    font('Inter', 400, import.meta.resolve('@fontsource/inter/files/inter-latin-400-normal.woff')),
    font('Inter', 400, import.meta.resolve('@fontsource/inter/files/inter-latin-ext-400-normal.woff')),
    font('Inter', 400, import.meta.resolve('@fontsource/inter/files/inter-vietnamese-400-normal.woff')),
  ]
  return loaded
}

function font(name: string, weight: 400 | 600, url: string): Font {
  return { name, data: readFileSync(fileURLToPath(url)), weight, style: 'normal' }
}
