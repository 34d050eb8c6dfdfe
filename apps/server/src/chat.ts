import type { ChangeListener } from '@worldloom/auth'
import { Chat, type CostSettings, configuredModel, loggable, missingSettings } from '@worldloom/chat'
import type { Config } from '@worldloom/config'
import type { DatabaseHandle } from '@worldloom/db'
import type { Logger } from './logger.ts'

interface ChatStart {
  readonly config: Config
  readonly db: DatabaseHandle['db']
  readonly listener: ChangeListener
  readonly logger: Logger
}

/** How often to look for answers whose process is gone. */
const milliseconds = 10_000

/**
 * Starts the chat, with the model if one is configured. Must be closed before the server, which waits for its streams.
 */
export function startChat({ config, db, listener, logger }: ChatStart): { chat: Chat; close: () => Promise<void> } {
  const chat = new Chat({
    db,
    listener,
    model: configuredModel(config),
    missing: missingSettings(config),
    limits: {
      perDay: { requests: config.CHAT_REQUESTS_PER_DAY, tokens: config.CHAT_TOKENS_PER_DAY },
      message: config.CHAT_MESSAGE_LENGTH,
      contextTokens: config.CHAT_CONTEXT_TOKENS,
      answerTokens: config.CHAT_ANSWER_TOKENS,
      silence: config.CHAT_SILENCE_TIMEOUT,
      answerTime: config.CHAT_ANSWER_TIMEOUT,
    },
    costs: costsOf(config),
    onError: (error, subject) => logger.warn({ err: loggable(error), subject }, 'an answer of the model went wrong'),
  })
  const timer = setInterval(() => {
    chat.endLost().catch((error) => logger.warn({ err: error }, 'lost answers were not ended'))
  }, milliseconds)
  timer.unref()
  return {
    chat,
    close: async () => {
      clearInterval(timer)
      await chat.close()
    },
  }
}

/** What the configured model costs and may cost; undefined if its price is not known. */
function costsOf(config: Config): CostSettings | undefined {
  const { CHAT_INPUT_PRICE: input, CHAT_OUTPUT_PRICE: output } = config
  const listed = config.CHAT_PRICES.map((each) => /^([^=]+)=([^/]+)\/(.+)$/.exec(each)).find(
    (match) => match?.[1] === config.OPENAI_MODEL,
  )
  const prices = listed
    ? { input: Number(listed[2]), output: Number(listed[3]) }
    : input !== undefined && output !== undefined
      ? { input, output }
      : undefined
  return (
    prices && {
      prices,
      caps: {
        perAnswer: config.CHAT_COST_PER_ANSWER,
        perConversation: config.CHAT_COST_PER_CONVERSATION,
        perMonth: config.CHAT_COST_PER_MONTH,
        ofAllPerMonth: config.CHAT_COST_OF_ALL_PER_MONTH,
      },
    }
  )
}
