/** What stands before the host of an address: `user:password@`. */
const USER_INFO = /(^|[a-z][a-z\d+.-]*:\/*)[^\s/?#]*@/i;

/** An address as it may be told: without the credentials that it may hold. */
export const withoutCredentials = (address: string): string => address.replace(USER_INFO, '$1');

/** Whether an address holds what may be credentials. */
export const holdsCredentials = (address: string): boolean => USER_INFO.test(address);
