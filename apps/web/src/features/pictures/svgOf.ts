/** What is drawn on a page as an SVG file of its own, with the colours that it has there. */
export function svgOf(shown: SVGSVGElement): string {
  const copy = shown.cloneNode(true) as SVGSVGElement // of the same type
  const { width, height } = shown.getBoundingClientRect()
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  copy.removeAttribute('class')
  const originals = [...shown.querySelectorAll('[fill], [stroke]')]
  for (const [index, element] of [...copy.querySelectorAll('[fill], [stroke]')].entries()) {
    const original = originals[index]
    if (!original) continue
    const { fill, stroke } = getComputedStyle(original)
    if (element.hasAttribute('fill')) element.setAttribute('fill', fill)
    if (element.hasAttribute('stroke')) element.setAttribute('stroke', stroke)
  }
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  paper.setAttribute('width', '100%')
  paper.setAttribute('height', '100%')
  paper.setAttribute(
    'fill',
    getComputedStyle(document.body).backgroundColor || getComputedStyle(document.documentElement).backgroundColor,
  )
  copy.prepend(paper)
  return new XMLSerializer().serializeToString(copy)
}
