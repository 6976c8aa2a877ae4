/** What opens the wiki. */
export interface Credentials {
  readonly email: string;
  readonly token: string;
  readonly bearer: string;
}

export const CREDENTIALS: Credentials = {
  email: 'sandbox@example.com',
  token: 'sandbox-api-token',
  bearer: 'sandbox-bearer-token',
};
