/** An email with an API token, or an OAuth 2.0 access token. */
export type Credentials =
  { readonly email: string; readonly apiToken: string } | { readonly bearerToken: string };

/** The value of the `Authorization` header. */
export const authorization = (credentials: Credentials): string =>
  'bearerToken' in credentials
    ? `Bearer ${credentials.bearerToken}`
    : `Basic ${Buffer.from(`${credentials.email}:${credentials.apiToken}`).toString('base64')}`;
