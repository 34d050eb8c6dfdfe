/** Somebody who reads one thing after the other, in a process of their own: says how long each took, in milliseconds. */
const { TARGET = '', COOKIE = '', MILLISECONDS } = process.env
const took: number[] = []
for (const end = performance.now() + Number(MILLISECONDS); performance.now() < end; ) {
  const began = performance.now()
  const response = await fetch(TARGET, { headers: { cookie: COOKIE } })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`refused with ${response.status}`)
  took.push(performance.now() - began)
}
process.send?.(took)
