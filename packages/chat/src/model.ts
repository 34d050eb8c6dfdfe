import { createOpenAICompatible, type OpenAICompatibleProviderSettings } from '@ai-sdk/openai-compatible'
import { modelSettings } from '@worldloom/schema'
import type { LanguageModel } from 'ai'
import { gatheringWords } from './gatherWords.ts'

export interface ModelSettings {
  readonly OPENAI_API_KEY?: string | undefined
  /** Including the version, without the operation: `http://localhost:11434/v1`. */
  readonly OPENAI_BASE_URL?: string | undefined
  readonly OPENAI_MODEL?: string | undefined
}

export interface ChatModel {
  readonly name: string
  /** The host that messages are sent to. */
  readonly host: string
  readonly model: Exclude<LanguageModel, string>
}

const openAi = 'https://api.openai.com/v1'

/** The settings missing for a model; empty if one is configured. A local endpoint needs no key. */
export function missingSettings(settings: ModelSettings): (typeof modelSettings)[number][] {
  return modelSettings.filter((name) => {
    if (name === 'OPENAI_API_KEY') return !settings.OPENAI_API_KEY && !settings.OPENAI_BASE_URL
    return name === 'OPENAI_MODEL' && !settings.OPENAI_MODEL
  })
}

/**
 * The configured model, at any endpoint that implements OpenAI's chat completions; undefined if there is none.
 *
 * @see https://ai-sdk.dev/providers/openai-compatible-providers
 */
export function configuredModel(settings: ModelSettings): ChatModel | undefined {
  const { OPENAI_MODEL: name } = settings
  if (missingSettings(settings).length > 0 || !name) return undefined
  const endpoint = endpointOf(settings)
  const provider = createOpenAICompatible({ ...endpoint, fetch: gatheringWords() })
  return { name, host: new URL(endpoint.baseURL).host, model: provider.chatModel(name) }
}

/** The model's endpoint and its peculiarities. */
export function endpointOf({
  OPENAI_API_KEY: apiKey,
  OPENAI_BASE_URL: given = openAi,
}: ModelSettings): OpenAICompatibleProviderSettings {
  const url = new URL(given)
  const queryParams = Object.fromEntries(url.searchParams)
  url.search = ''
  const isAzure = url.hostname.endsWith('.azure.com')
  // Their newer models reject the parameter name that all other endpoints use for this limit.
  const renamesLimit = isAzure || url.origin === new URL(openAi).origin
  return {
    name: 'openai',
    baseURL: url.href.replace(/\/+$/, ''),
    queryParams,
    includeUsage: true,
    ...(apiKey !== undefined && { apiKey, ...(isAzure && { headers: { 'api-key': apiKey } }) }),
    ...(renamesLimit && {
      transformRequestBody: ({ max_tokens, ...body }) => ({ ...body, max_completion_tokens: max_tokens }),
    }),
  }
}
