import {
  AISDKError,
  APICallError,
  JSONParseError,
  NoOutputGeneratedError,
  RetryError,
  StreamProviderError,
  ToolChoiceViolationError,
  TypeValidationError,
} from 'ai'

/** Why there is no complete answer, for the person who asked. Never includes what the endpoint said. */
export function failureSentence(error: unknown): string {
  if (RetryError.isInstance(error)) return failureSentence(error.lastError)
  if (error instanceof Error && error.name === 'TimeoutError') {
    return 'The model stayed silent for too long, so it was not waited for any longer.'
  }
  if (APICallError.isInstance(error)) return refusalSentence(error.statusCode)
  if (JSONParseError.isInstance(error) || TypeValidationError.isInstance(error)) {
    return 'The model’s endpoint sent something that could not be read.'
  }
  if (NoOutputGeneratedError.isInstance(error)) return 'The model answered nothing.'
  if (StreamProviderError.isInstance(error)) return 'The model’s endpoint had an error in the middle of it.'
  if (ToolChoiceViolationError.isInstance(error)) return cameToNoAnswer
  return brokeOff
}

/** For a model that was told to answer with what it has, but called another tool. */
export const cameToNoAnswer = 'It kept looking things up and came to no answer, so it was stopped.'

/** For an answer that is ended before it would cost more than it may. */
export const wouldCostTooMuch = 'Going on could have cost more than this answer may, so it was stopped.'

const brokeOff = 'The connection to the model broke off.'

function refusalSentence(status: number | undefined): string {
  if (status === 200) return brokeOff
  if (status === undefined) return 'The model’s endpoint could not be reached.'
  if (status === 401 || status === 403) {
    return 'The model’s endpoint refused us. Whoever runs this Worldloom has to look at OPENAI_API_KEY.'
  }
  if (status === 404) {
    return 'The model’s endpoint knows no such model. Whoever runs this Worldloom has to look at OPENAI_MODEL and OPENAI_BASE_URL.'
  }
  if (status === 429) return 'The model is asked too much just now. Try again in a minute.'
  if (status === 413) return 'That was more than the model can read at once.'
  return `The model’s endpoint could not answer (${status}).`
}

/** An error for the log, without the person's question. */
export function loggable(error: unknown): unknown {
  if (RetryError.isInstance(error)) return loggable(error.lastError)
  if (!AISDKError.isInstance(error)) return error
  const { name, message } = error
  return { name, message, ...(APICallError.isInstance(error) && { statusCode: error.statusCode, url: error.url }) }
}
