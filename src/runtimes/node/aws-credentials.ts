import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export interface AwsCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string | undefined
}

type Environment = Record<string, string | undefined>

/**
 * Credentials where the AWS tools look for them: the environment, then the profile in the shared credentials file. Null where there are
 * none. Never in settings, which are committed.
 */
export function awsCredentials(environment: Environment): AwsCredentials | null {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = environment
  if (id && secret) return { accessKeyId: id, secretAccessKey: secret, sessionToken: token || undefined }
  const profile = profileIn(
    textOf(environment.AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), '.aws', 'credentials')),
    environment.AWS_PROFILE ?? 'default',
  )
  const { aws_access_key_id, aws_secret_access_key, aws_session_token } = profile
  if (!aws_access_key_id || !aws_secret_access_key) return null
  return {
    accessKeyId: aws_access_key_id,
    secretAccessKey: aws_secret_access_key,
    sessionToken: aws_session_token,
  }
}

/** The region that the environment or the profile in the configuration file names; null where neither does. */
export function awsRegion(environment: Environment): string | null {
  const named = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION
  if (named) return named
  const name = environment.AWS_PROFILE ?? 'default'
  const text = textOf(environment.AWS_CONFIG_FILE ?? join(homedir(), '.aws', 'config'))
  return profileIn(text, name === 'default' ? name : `profile ${name}`).region ?? null
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** The keys of one `[section]` of an INI file. */
function profileIn(text: string, name: string): Record<string, string> {
  const values: Record<string, string> = {}
  let inside = false
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[\s*(.*?)\s*\]/.exec(line)?.[1]
    if (section !== undefined) inside = section === name
    const [, key, value] = /^\s*([a-z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (inside && key && value !== undefined) values[key] = value
  }
  return values
}
