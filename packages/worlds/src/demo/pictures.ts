import type { DescribedPicture } from '../templates/describedWorld.ts'

/** Draws the maps and portraits of the demo world as SVG, the same ones each time. */

/** Numbers between 0 and 1 that look random: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

function coastMap(): string {
  const next = numbers(7)
  const [width, height] = [1200, 800]
  const shore = Array.from({ length: 33 }, (_, index) => {
    const y = (index / 32) * height
    return `${Math.round(560 + Math.sin(index / 3.1) * 90 + next() * 46)},${Math.round(y)}`
  })
  const waves = Array.from({ length: 70 }, () => {
    const [x, y] = [Math.round(650 + next() * 530), Math.round(20 + next() * 760)]
    return `<path d="M${x} ${y}q10 -8 20 0t20 0" />`
  })
  const lights = Array.from({ length: 10 }, (_, index) => {
    const [x = '0', y = '0'] = (shore[index * 3 + 2] ?? '0,0').split(',')
    return `<g transform="translate(${Number(x) - 14} ${y})"><path d="M-5 12L-3 -10H3L5 12Z" fill="#5b3a2e"/><circle cy="-14" r="${index === 4 ? 9 : 6}" fill="${index === 4 ? '#d98e2b' : '#f2d48a'}"/></g>`
  })
  const teeth = Array.from({ length: 14 }, (_, index) => {
    const [x, y] = [640 + index * 26, 700 + Math.round(next() * 60)]
    return `<path d="M${x} ${y}l9 -${24 + Math.round(next() * 22)}l9 24z" />`
  })
  const label = (x: number, y: number, text: string, size = 24) =>
    `<text x="${x}" y="${y}" font-size="${size}" font-family="Georgia, serif" fill="#3a2a22">${text}</text>`
  return svg(
    width,
    height,
    `<rect width="${width}" height="${height}" fill="#cfdedd"/>
    <path d="M0 0L${shore.join('L')}L0 ${height}Z" fill="#e9d9bd" stroke="#7d5b45" stroke-width="3"/>
    <g fill="none" stroke="#9dbab8" stroke-width="2">${waves.join('')}</g>
    <g fill="#6b4b3e">${teeth.join('')}</g>
    ${lights.join('')}
    <circle cx="430" cy="150" r="10" fill="#8c2f1f"/>
    ${label(250, 158, 'Harrowgate', 30)}${label(360, 430, 'The Ninth Light')}${label(380, 560, 'Tarrow’s Landing', 20)}
    ${label(760, 680, 'The Teeth', 30)}${label(60, 70, 'THE IRON COAST', 40)}`,
  )
}

function towerPlan(): string {
  const steps = Array.from({ length: 112 }, (_, index) => {
    const angle = (index / 112) * Math.PI * 14
    const radius = 90 + index * 1.6
    const [x, y] = [400 + Math.cos(angle) * radius, 400 + Math.sin(angle) * radius]
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${index === 111 ? 9 : 4}" fill="${index === 111 ? '#8c2f1f' : '#5b4636'}"/>`
  })
  return svg(
    800,
    800,
    `<rect width="800" height="800" fill="#f3e9d6"/>
    <circle cx="400" cy="400" r="300" fill="none" stroke="#7d5b45" stroke-width="6"/>
    <circle cx="400" cy="400" r="60" fill="#f2d48a" stroke="#7d5b45" stroke-width="4"/>${steps.join('')}
    <text x="40" y="60" font-size="30" font-family="Georgia, serif" fill="#3a2a22">The Ninth Light: the steps</text>`,
  )
}

/** A face in a few shapes: hair, skin, coat and background. */
function portrait(seed: number): string {
  const next = numbers(seed)
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(next() * values.length)] ?? (values[0] as Value) // none is empty
  const skin = pick(['#e6c1a0', '#c99774', '#8d5b3f', '#f0d2b8', '#a8734f'])
  const hair = pick(['#2d221d', '#6d3b20', '#b9b2a8', '#8c5a2b', '#d9c08a'])
  const coat = pick(['#2f4858', '#5b3a2e', '#44563c', '#6a2f3a', '#3c3f58'])
  const sky = pick(['#b9cfd1', '#d9c9a9', '#9fb0bf', '#cdb8b0'])
  const width = 150 + Math.round(next() * 40)
  const brow = Math.round(next() * 10)
  const beard =
    next() > 0.6
      ? `<path d="M${400 - width / 2} 420q${width / 2} 190 ${width} 0q-20 60 -${width / 2} 60t-${width / 2} -60" fill="${hair}"/>`
      : ''
  const long =
    next() > 0.5
      ? `<path d="M${395 - width / 2} 300q-40 220 10 330h${width - 10}q50 -110 10 -330z" fill="${hair}"/>`
      : ''
  return svg(
    800,
    800,
    `<rect width="800" height="800" fill="${sky}"/>
    <path d="M0 610q200 -40 400 0t400 0V800H0Z" fill="#7f9a9b"/>
    ${long}
    <path d="M180 800q20 -190 220 -200q200 10 220 200z" fill="${coat}"/>
    <rect x="360" y="500" width="80" height="130" rx="34" fill="${skin}"/>
    <ellipse cx="400" cy="390" rx="${width / 2 + 20}" ry="150" fill="${skin}"/>
    <path d="M${380 - width / 2} 370q10 -190 ${width / 2 + 20} -180t${width / 2 + 20} 180q-30 -110 -${width / 2 + 20} -110t-${width / 2 + 20} 110z" fill="${hair}"/>
    ${beard}
    <g fill="#2a211d"><circle cx="350" cy="390" r="10"/><circle cx="450" cy="390" r="10"/></g>
    <g stroke="#2a211d" stroke-width="6" fill="none" stroke-linecap="round"><path d="M328 ${360 + brow}q22 -12 44 0"/><path d="M428 ${360 + brow}q22 -12 44 0"/><path d="M370 470q30 ${Math.round(next() * 24) - 8} 60 0"/><path d="M400 400q-10 40 4 44"/></g>`,
  )
}

/** Half as large as it is drawn: small pictures are enough, and are stored sooner. */
function svg(width: number, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width / 2}" height="${height / 2}" viewBox="0 0 ${width} ${height}">${content}</svg>`
}

const sitters = ['Wren Halloran', 'Bastian Oar', 'Corin Vey', 'Edda Vey', 'Nell Tarrow', 'Captain Ysmay Roake'] as const

export function demoPictures(): readonly DescribedPicture[] {
  return [
    {
      name: 'Map of the Iron Coast',
      altText: 'A hand-drawn coast with ten lighthouses, Harrowgate in the north and a reef in the south.',
      description: 'Drawn by the Tarrows, so not to be trusted below Tarrow’s Landing.',
      shows: ['The Iron Shore', 'Harrowgate', 'The Teeth'],
      svg: coastMap(),
    },
    {
      name: 'The steps of the Ninth Light',
      altText: 'A spiral of a hundred and twelve dots around a lamp; the last one is red.',
      description: 'Somebody has counted.',
      shows: ['The Ninth Light'],
      svg: towerPlan(),
    },
    ...sitters.map((name, index) => ({
      name: `Portrait of ${name}`,
      altText: `A plain portrait of ${name} in front of the sea.`,
      description: '',
      shows: [name],
      svg: portrait(index + 11),
    })),
  ]
}
