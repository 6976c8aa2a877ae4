import { legalText } from '../parse/decode-text.js';
import type { ElementHandler } from '../scope.js';

/** Confluence's own emoticon names. */
const EMOTICONS: Readonly<Record<string, string>> = {
  smile: '🙂',
  sad: '🙁',
  cheeky: '😛',
  laugh: '😄',
  wink: '😉',
  'thumbs-up': '👍',
  'thumbs-down': '👎',
  information: 'ℹ️',
  tick: '✅',
  cross: '❌',
  warning: '⚠️',
  plus: '➕',
  minus: '➖',
  question: '❓',
  'light-on': '💡',
  'light-off': '💡',
  'yellow-star': '⭐',
  'red-star': '⭐',
  'green-star': '⭐',
  'blue-star': '⭐',
  heart: '❤️',
  'broken-heart': '💔',
};

/** The id of one of Atlassian's own emoji: what it is called stands behind. */
const ATLASSIAN = /^atlassian-(.+)$/;

/** Atlassian's own emoji by the name in their id, where that is not an emoticon's name. */
const ATLASSIAN_EMOJI: Readonly<Record<string, string>> = {
  check_mark: '✅',
  cross_mark: '❌',
  info: 'ℹ️',
  light_bulb_on: '💡',
  light_bulb_off: '💡',
  question_mark: '❓',
  exclamation_mark: '❗',
  thumbs_up: '👍',
  thumbs_down: '👎',
  blue_star: '⭐',
  green_star: '⭐',
  red_star: '⭐',
  yellow_star: '⭐',
  broken_heart: '💔',
  flag_on: '🚩',
  flag_off: '🏳️',
};

const own = (table: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** The character that comes nearest to one of Atlassian's own emoji. */
function fromAtlassian(id: string | undefined): string | undefined {
  const [, name] = ATLASSIAN.exec(id ?? '') ?? [];
  return name === undefined ? undefined : (own(ATLASSIAN_EMOJI, name) ?? own(EMOTICONS, name));
}

const HEX = /^[0-9a-f]{2,6}(?:-[0-9a-f]{2,6})*$/i;

/** The characters of an emoji id such as `1f468-200d-1f4bb`. */
function fromId(id: string | undefined): string | undefined {
  if (id === undefined || !HEX.test(id)) return undefined;
  const points = id.split('-').map((hex) => Number.parseInt(hex, 16));
  return points.every((point) => point > 0xa8 && point <= 0x10ffff)
    ? legalText(String.fromCodePoint(...points))
    : undefined;
}

const emoticon: ElementHandler = ({ attributes }, scope) => {
  const fallback = attributes['ac:emoji-fallback'];
  const name = attributes['ac:name'] ?? '';
  const known = own(EMOTICONS, name);
  const id = attributes['ac:emoji-id'];
  const isGlyph = fallback !== undefined && fallback !== '' && !fallback.startsWith(':');
  const glyph = isGlyph ? fallback : (fromId(id) ?? fromAtlassian(id));
  scope.text(glyph ?? attributes['ac:emoji-shortname'] ?? fallback ?? known ?? `:${name}:`);
};

/** Emoticons and emoji. */
export const emoticonElements: readonly (readonly [string, ElementHandler])[] = [['ac:emoticon', emoticon]];
