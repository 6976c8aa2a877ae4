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
  const known = Object.hasOwn(EMOTICONS, name) ? EMOTICONS[name] : undefined;
  const isGlyph = fallback !== undefined && fallback !== '' && !fallback.startsWith(':');
  const glyph = isGlyph ? fallback : fromId(attributes['ac:emoji-id']);
  scope.text(glyph ?? attributes['ac:emoji-shortname'] ?? fallback ?? known ?? `:${name}:`);
};

/** Emoticons and emoji. */
export const emoticonElements: readonly (readonly [string, ElementHandler])[] = [['ac:emoticon', emoticon]];
