import { uuidOf } from './prng.js';

/** A person or app of the wiki. `hidden` accounts are left out of every answer about users. */
export interface WikiUser {
  readonly accountId: string;
  readonly displayName: string;
  readonly email: string;
  readonly accountType: 'atlassian' | 'app';
  readonly accountStatus: 'active' | 'inactive';
  readonly hidden: boolean;
}

const NAMES = [
  'Sandy Box',
  'Ada Okafor',
  'Björn Ångström',
  'Chen Wei',
  'Dana Scully-Jones',
  'Émile Zola',
  'Farid Haddad',
  'Grace Murray',
  'Hiro Tanaka',
  'Ingrid Sørensen',
  'João Pereira',
  'Katarína Nováková',
  'Liam O’Neill',
  'María José García',
  'Nnamdi Eze',
  'Olga Петрова',
  'Priya Nair',
  'Quentin [QA] Moss',
  'Rosa *Bold* Diaz',
  'Søren Kirk',
  'Tomás Vega',
  'Uma Rao',
  'Build Bot',
  'Viktor Left-Us',
  'Hidden Account',
] as const;

/** The wiki's 25 users: the first is the caller, the last is unknown to every user request. */
export const createUsers = (seed: number): readonly WikiUser[] =>
  NAMES.map((displayName, index) => ({
    accountId: `712020:${uuidOf(seed, 'user', index)}`,
    displayName,
    email: index === 0 ? 'sandbox@example.com' : '',
    accountType: displayName === 'Build Bot' ? 'app' : 'atlassian',
    accountStatus: displayName === 'Viktor Left-Us' ? 'inactive' : 'active',
    hidden: index === NAMES.length - 1,
  }));
