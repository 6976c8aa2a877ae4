/** What opens the wiki, as `pull` takes it. */
export interface Credentials {
  readonly email: string;
  readonly apiToken: string;
}

export const CREDENTIALS: Credentials = { email: 'sandbox@example.com', apiToken: 'sandbox-api-token' };

/** Of OAuth, for the address of the gateway. */
export const BEARER_TOKEN = 'sandbox-bearer-token';
