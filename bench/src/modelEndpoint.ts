/** A model that sends the time with each word, at reading speed, to any number of clients. */
import { startModelEndpoint } from '@worldloom/server/testing'

const pause = Number(process.env.PAUSE)

const endpoint = await startModelEndpoint({ inPieces: false })
endpoint.answer(async (completion) => {
  // The question is the number of words to send.
  const words = Number(completion.request.messages.at(-1)?.content)
  for (let word = 0; word < words; word++) {
    await completion.text(`${(performance.timeOrigin + performance.now()).toFixed(2)} `)
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  await completion.end()
})
process.send?.(Number(new URL(endpoint.url).port))
