import { type Message, WorldloomError } from '@worldloom/schema'
import { inSpan } from '@worldloom/telemetry'
import {
  generateText,
  InvalidToolInputError,
  isStepCount,
  type LanguageModel,
  type ModelMessage,
  NoSuchToolError,
  type StopCondition,
  experimental_streamTextLowMemory as streamText,
  type ToolSet,
} from 'ai'
import { cleanJson, cleanText } from './cleanText.ts'
import { type CostBudget, costOf, mostOfStep, mostSteps, toDollars } from './costs.ts'
import { cameToNoAnswer, failureSentence, wouldCostTooMuch } from './failure.ts'
import { estimateTokens } from './history.ts'
import type { LiveAnswer } from './liveAnswer.ts'
import type { ChatModel } from './model.ts'
import type { Usage } from './usage.ts'

/** The limits of an answer. */
export interface AnswerLimits {
  /** Tokens of an answer. */
  readonly answerTokens: number
  /** Seconds the model may stay silent. */
  readonly silence: number
  /** Seconds for the whole answer. */
  readonly answerTime: number
}

interface Task {
  readonly model: LanguageModel
  readonly instructions: string
  readonly messages: ModelMessage[]
  readonly tools: ToolSet
  readonly limits: AnswerLimits
  /** What it may cost; undefined if no prices are set. */
  readonly budget: CostBudget | undefined
  readonly onError: (error: unknown) => void
}

/** More characters than an average token has in any script, to stop an endpoint that ignores the limit. */
const charactersOfToken = 12
/** For a single tool call. */
const toolSeconds = 20

type End = Pick<
  Message,
  'status' | 'failure' | 'finishReason' | 'inputTokens' | 'outputTokens' | 'tokensEstimated' | 'cost'
>

/** Runs the model step by step until the answer is complete, stopped or failed. What has arrived by then stays. */
export async function writeAnswer(live: LiveAnswer, task: Task): Promise<End> {
  // https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/, without what people and the model said
  const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': modelName(task.model) }
  return await inSpan(`chat ${modelName(task.model)}`, { attributes }, async (span) => {
    const end = await runModel(live, task)
    span?.setAttributes({
      'gen_ai.usage.input_tokens': end.inputTokens ?? 0,
      'gen_ai.usage.output_tokens': end.outputTokens ?? 0,
      'gen_ai.response.finish_reasons': [end.finishReason ?? end.status],
    })
    return end
  })
}

function modelName(model: LanguageModel): string {
  return typeof model === 'string' ? model : model.modelId
}

async function runModel(live: LiveAnswer, task: Task): Promise<End> {
  const { model, instructions, messages, tools, limits, budget } = task
  const promptTokens = estimateTokens([instructions, messages, Object.keys(tools)])
  const usage = new UsageCount(promptTokens)
  const longest = limits.answerTokens * charactersOfToken
  let finishReason: string | null = null
  let failure: unknown
  let isTooLong = false
  let isTooDear = false
  const couldCostTooMuch: StopCondition<ToolSet> = ({ steps }) => {
    isTooDear = budget !== undefined && mostSoFar(budget, steps, promptTokens) > budget.micros
    return isTooDear
  }
  /** Calls that came to no tool, and why. */
  const refused = new Map<string, unknown>()
  try {
    const { stream } = streamText({
      model,
      instructions,
      messages,
      tools,
      // In the last step the model has to answer with what it has found.
      stopWhen: [isStepCount(mostSteps), couldCostTooMuch],
      prepareStep: ({ stepNumber }) => (stepNumber === mostSteps - 1 ? { toolChoice: 'none' } : undefined),
      toolCallConcurrency: 4,
      maxOutputTokens: budget?.answerTokens ?? limits.answerTokens,
      maxRetries: 2,
      abortSignal: live.stopped,
      timeout: {
        totalMs: limits.answerTime * 1000,
        firstChunkMs: limits.silence * 1000,
        chunkMs: limits.silence * 1000,
        toolMs: toolSeconds * 1000,
      },
      onError: ({ error }) => task.onError(error),
    })
    for await (const part of stream) {
      if (part.type === 'text-delta') live.append('text', part.text)
      else if (part.type === 'reasoning-delta') live.append('reasoning', part.text)
      else if (part.type === 'tool-call') {
        const { toolCallId: callId, toolName: name } = part
        live.tool({ type: 'tool', callId, name, input: cleanJson(part.input), state: 'running' })
        // What follows has its text alone.
        if (part.invalid) refused.set(callId, part.error)
      } else if (part.type === 'tool-result') endTool(live, part.toolCallId, 'done', cleanJson(part.output))
      else if (part.type === 'tool-error')
        endTool(live, part.toolCallId, 'failed', toolFailure(refused.get(part.toolCallId) ?? part.error))
      else if (part.type === 'finish-step') usage.endStep(part.usage, live.length)
      else if (part.type === 'finish') finishReason = part.finishReason
      else if (part.type === 'error') failure = part.error
      if (live.length > longest && !isTooLong) {
        isTooLong = true
        live.stop('too long')
      }
    }
  } catch (error) {
    failure = error
    task.onError(error)
  }
  const used = usage.total(live.length)
  return {
    ...ending(live, { finishReason, failure, isTooLong, isTooDear }),
    ...used,
    cost: budget ? toDollars(costOf(budget.prices, used)) : null,
  }
}

/** What the steps have cost and another one could: it reads what the last one has read and written, and what tools have answered. */
function mostSoFar(
  budget: CostBudget,
  steps: Parameters<StopCondition<ToolSet>>[0]['steps'],
  promptTokens: number,
): number {
  let [cost, read] = [0, promptTokens]
  for (const { usage, text, toolResults } of steps) {
    const inputTokens = usage.inputTokens ?? read
    const outputTokens = usage.outputTokens ?? estimateTokens(text)
    cost += costOf(budget.prices, { inputTokens, outputTokens })
    read = inputTokens + outputTokens + estimateTokens(toolResults.map(({ output }) => output))
  }
  return cost + mostOfStep(budget, read)
}

function ending(
  live: LiveAnswer,
  {
    finishReason,
    failure,
    isTooLong,
    isTooDear,
  }: {
    finishReason: string | null
    failure: unknown
    isTooLong: boolean
    isTooDear: boolean
  },
): Pick<End, 'status' | 'failure' | 'finishReason'> {
  const failed = (sentence: string) => ({ status: 'failed' as const, failure: sentence, finishReason })
  if (isTooLong) return failed('The answer came to no end, so it was cut off here.')
  if (live.stopped.aborted) {
    const { reason } = live.stopped
    // If the person stopped it, that is the only reason.
    return typeof reason === 'string' ? failed(reason) : { status: 'stopped', failure: null, finishReason: 'stopped' }
  }
  if (failure !== undefined) return failed(failureSentence(failure))
  if (finishReason === null) return failed('The model stayed silent for too long, so it was not waited for any longer.')
  if (finishReason === 'length') return failed('The answer reached the maximum length and was cut off here.')
  if (finishReason === 'content-filter') return failed('The model’s endpoint held the rest of the answer back.')
  if (finishReason === 'error') return failed('The model’s endpoint had an error.')
  if (finishReason === 'tool-calls' && isTooDear) return failed(wouldCostTooMuch)
  if (finishReason === 'tool-calls') return failed(cameToNoAnswer)
  const said = live.message.parts.some((part) => part.type === 'text' && part.text.trim() !== '')
  return said ? { status: 'complete', failure: null, finishReason } : failed('The model answered nothing.')
}

function endTool(live: LiveAnswer, callId: string, state: 'done' | 'failed', output: unknown): void {
  const part = live.toolPart(callId)
  if (part) live.tool({ ...part, state, output })
}

/** For the person. The SDK tells the model more. */
function toolFailure(error: unknown): string {
  if (error instanceof WorldloomError) return error.message
  if (NoSuchToolError.isInstance(error)) return 'There is no such tool.'
  if (InvalidToolInputError.isInstance(error)) return 'It was called in a way that could not be understood.'
  return 'That did not work.'
}

/** Counts tokens as reported by the endpoint, and estimates those it does not report. */
class UsageCount {
  #input = 0
  #output = 0
  #isEstimated = false
  #lengthBefore = 0
  readonly #promptTokens: number

  constructor(promptTokens: number) {
    this.#promptTokens = promptTokens
  }

  endStep(
    { inputTokens, outputTokens }: { inputTokens: number | undefined; outputTokens: number | undefined },
    length: number,
  ): void {
    if (inputTokens === undefined || outputTokens === undefined) this.#estimate(length)
    else {
      this.#input += inputTokens
      this.#output += outputTokens
    }
    this.#lengthBefore = length
  }

  /** @param length of the finished answer; what came after the last complete step is estimated */
  total(length: number): Usage & { tokensEstimated: boolean } {
    if (length > this.#lengthBefore || this.#input === 0) this.#estimate(length)
    return { inputTokens: this.#input, outputTokens: this.#output, tokensEstimated: this.#isEstimated }
  }

  #estimate(length: number): void {
    this.#isEstimated = true
    this.#input += this.#promptTokens + Math.ceil(this.#lengthBefore / 4)
    this.#output += Math.ceil((length - this.#lengthBefore) / 4)
    this.#lengthBefore = length
  }
}

/** Asks the model for a short title of a conversation. @throws whatever the SDK throws */
export async function inventTitle(
  { model }: ChatModel,
  question: string,
  answer: string,
): Promise<Usage & { title: string }> {
  const { text, usage } = await generateText({
    model,
    instructions:
      'You name conversations. Answer with a title of two to six words in the language of the conversation, and nothing else.',
    prompt: JSON.stringify({ question: question.slice(0, 2000), answer: answer.slice(0, 2000) }),
    maxOutputTokens: 200,
    maxRetries: 0,
    timeout: 20_000,
  })
  const title = cleanText(text)
    .replace(/\s+/gu, ' ')
    .replace(/^["“„«*#\s]+|["”“»*.\s]+$/gu, '')
    .slice(0, 100)
    .toWellFormed()
    .trim()
  return { title, inputTokens: usage.inputTokens ?? 0, outputTokens: usage.outputTokens ?? 0 }
}
