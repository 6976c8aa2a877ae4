import { EXIT, RxsyncError } from './rxsync-error.js';

/** The address is that of Confluence Data Center or Server, whose API is another one. */
export class DataCenterError extends RxsyncError {
  override readonly code = 'data-center';
  override readonly exitCode = EXIT.usage;

  constructor(url: string) {
    super(`${url} is Confluence Data Center (or Server); rxsync mirrors Confluence Cloud only.`, {
      hint: 'The address of a Cloud site looks like https://example.atlassian.net.',
    });
  }
}
