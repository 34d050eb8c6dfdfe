/** A model that says when it said each word: as fast as people read, to as many as ask. */
import { startModelEndpoint } from '@worldloom/server/testing'

const pause = Number(process.env.PAUSE)

const endpoint = await startModelEndpoint({ inPieces: false })
endpoint.answer(async (completion) => {
  // Asked for a number of words, it says as many.
  const words = Number(completion.request.messages.at(-1)?.content)
  for (let word = 0; word < words; word++) {
    await completion.text(`${(performance.timeOrigin + performance.now()).toFixed(2)} `)
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  await completion.end()
})
process.send?.(Number(new URL(endpoint.url).port))
