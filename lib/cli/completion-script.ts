import type { Options } from 'yargs';
import type { Flags } from './settings/plain-booleans.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** What a command is for, its flags, and the words of which the next is one, if it has any. */
export interface Command {
  readonly summary: string;
  readonly flags: Flags;
  readonly words?: readonly string[];
}

/** The commands by their names. */
export type Commands = Readonly<Record<string, Command>>;

/** A flag as shells need it. */
interface Flag {
  /** With its dashes: `--max-delete`. */
  readonly names: readonly string[];
  readonly describe: string;
  readonly takesValue: boolean;
  readonly isFile: boolean;
  readonly choices: readonly string[];
}

const flagOf = ([name, { alias, describe = '', type, choices, requiresArg }]: [string, Options]): Flag => ({
  names: [`--${name}`, ...(typeof alias === 'string' ? [`-${alias}`] : [])],
  // A line that no shell has to be told how to read.
  describe: describe.replaceAll(/[\\'"`$:[\]]/g, ''),
  takesValue: type !== 'boolean' && requiresArg === true,
  isFile: /(?:^|-)file$|^config$|^corpus$/.test(name),
  choices: (choices ?? []).map(String),
});

const flagsIn = (flags: Flags): Flag[] => Object.entries(flags).map(flagOf);

/** Commands of which the next word is one of some. */
const wordsIn = (commands: Commands): (readonly [string, string])[] =>
  Object.entries(commands).flatMap(([name, { words = [] }]) =>
    words.length > 0 ? [[name, words.join(' ')] as const] : [],
  );

const bash = (commands: Commands): string => {
  const names = Object.keys(commands).join(' ');
  const flags = Object.entries(commands).map(
    ([name, { flags: own }]) =>
      `    ${name}) flags="${flagsIn(own)
        .flatMap((flag) => flag.names)
        .join(' ')}" ;;`,
  );
  const choices = new Map(
    Object.values(commands)
      .flatMap((command) => flagsIn(command.flags))
      .filter((flag) => flag.choices.length > 0)
      .map((flag) => [flag.names[0] ?? '', flag.choices.join(' ')] as const),
  );
  return `_rxsync() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= flags= choices= word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -*) ;; *) command=$word; break ;; esac
  done
  case $command in
${flags.join('\n')}
  esac
  case $before in
${[...choices].map(([name, words]) => `    ${name}) choices="${words}" ;;`).join('\n')}
  esac
  if [[ -n $choices ]]; then COMPREPLY=($(compgen -W "$choices" -- "$current"))
  elif [[ $current == -* ]]; then COMPREPLY=($(compgen -W "$flags --help --version" -- "$current"))
  elif [[ -z $command ]]; then COMPREPLY=($(compgen -W "${names} help" -- "$current"))
  elif [[ $command == help ]]; then COMPREPLY=($(compgen -W "${names}" -- "$current"))
  elif [[ $command == completion ]]; then COMPREPLY=($(compgen -W "${SHELLS.join(' ')}" -- "$current"))
${wordsIn(commands)
  .map(
    ([name, words]) =>
      `  elif [[ $command == ${name} && $before == ${name} ]]; then COMPREPLY=($(compgen -W "${words}" -- "$current"))\n`,
  )
  .join('')}  else COMPREPLY=($(compgen -f -- "$current")); compopt -o filenames 2>/dev/null
  fi
}
complete -F _rxsync rxsync
`;
};

const zshFlag = ({ names, describe, takesValue, isFile, choices }: Flag): string[] => {
  const value = choices.length > 0 ? `(${choices.join(' ')})` : isFile ? '_files' : ' ';
  return names.map((name) => `      '*${name}[${describe}]${takesValue ? `:value:${value}` : ''}' \\`);
};

const zsh = (commands: Commands): string => `#compdef rxsync
_rxsync() {
  local -a commands=(
${Object.entries(commands)
  .map(([name, { summary }]) => `    '${name}:${summary.replaceAll(/[':]/g, '')}'`)
  .join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT -= 1 ))
  case $command in
${Object.entries(commands)
  .map(
    ([name, { flags, words = [] }]) => `    ${name})
      _arguments \\
${flagsIn(flags).flatMap(zshFlag).join('\n')}
${words.length > 0 ? `      '1:word:(${words.join(' ')})' \\\n` : ''}      '*:folder:${name === 'completion' ? `(${SHELLS.join(' ')})` : '_files -/'}' ;;`,
  )
  .join('\n')}
  esac
}
if [[ $funcstack[1] == _rxsync ]]; then _rxsync "$@"; else compdef _rxsync rxsync; fi
`;

const fishFlag = (command: string, { names: [long = '', short], describe, ...flag }: Flag): string => {
  const values =
    flag.choices.length > 0 ? ` -x -a '${flag.choices.join(' ')}'` : flag.takesValue ? ' -r' : '';
  const letter = short === undefined ? '' : ` -s ${short.slice(1)}`;
  return `complete -c rxsync -n '__fish_seen_subcommand_from ${command}' -l ${long.slice(2)}${letter}${values} -d '${describe}'`;
};

const fish = (commands: Commands): string =>
  [
    ...Object.entries(commands).flatMap(([name, { summary, flags }]) => [
      `complete -c rxsync -f -n '__fish_use_subcommand' -a ${name} -d '${summary.replaceAll("'", '')}'`,
      ...flagsIn(flags).map((flag) => fishFlag(name, flag)),
    ]),
    ...wordsIn(commands).map(
      ([name, words]) => `complete -c rxsync -n '__fish_seen_subcommand_from ${name}' -a '${words}'`,
    ),
    `complete -c rxsync -f -n '__fish_seen_subcommand_from completion' -a '${SHELLS.join(' ')}'`,
    '',
  ].join('\n');

const SCRIPTS: Readonly<Record<Shell, (commands: Commands) => string>> = { bash, zsh, fish };

/** What a shell reads to complete commands, flags and their values. */
export const completionScript = (shell: Shell, commands: Commands): string => SCRIPTS[shell](commands);
