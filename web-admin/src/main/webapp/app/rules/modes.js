/** @import { StringStream, StreamParser } from '@codemirror/language' */

export const SIEVE_WORDS = ['if', 'elif', 'else', 'drop', 'keep', 'path', 'add', 'add!', 'update', 'remove', 'modify', 'and', 'or', 'not'];
const WORDS = new Set(SIEVE_WORDS);

/** The first of these patterns that fits says what kind of word comes next. @param {[RegExp, string | ((word: string) => string)][]} kinds @returns {StreamParser<unknown>} */
const words = (kinds) => ({
  token(/** @type {StringStream} */ stream) {
    if (stream.eatSpace()) return null;
    for (const [pattern, kind] of kinds) if (stream.match(pattern)) return typeof kind === 'string' ? kind : kind(stream.current());
    stream.next();
    return null;
  },
});

const TEXT = /^'(?:[^'\\]|\\.)*'|^"(?:[^"\\]|\\.)*"/;
const NUMBER = /^-?\d+(?:\.\d+)?/;

/** Kinds of files, word by word: enough for colours. A template is only text. @type {Record<string, StreamParser<unknown>>} */
export const modes = {
  sieve: words([[/^\/\/.*|^#.*|^\/\*[\s\S]*?\*\//, 'comment'], [TEXT, 'string'], [NUMBER, 'number'], [/^:\w+/, 'keyword'],
    [/^[A-Za-z_][\w.]*!?/, (word) => (WORDS.has(word) ? 'keyword' : 'propertyName')]]),
  // JSON and YAML
  modify: words([[/^#.*/, 'comment'], [/^"(?:[^"\\]|\\.)*"(?=\s*:)|^[\w.-]+(?=\s*:)/, 'keyword'], [TEXT, 'string'], [NUMBER, 'number'], [/^[\w.]+/, 'propertyName']]),
  list: words([[/^\/\/.*|^#.*/, 'comment'], [/^\S+/, 'propertyName']]),
};
