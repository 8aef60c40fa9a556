/** @import { Parameter } from '../core/types.js' */
/** @typedef {{kind: 'choice', choices: string[]} | {kind: 'lines' | 'json' | 'secret' | 'text'}} Control */

/** What kind of control a parameter's type needs. @param {Parameter} parameter @returns {Control} */
export function control(parameter) {
  const { type } = parameter;
  if (type === 'true or false') return { kind: 'choice', choices: ['true', 'false'] };
  if (type.startsWith('one of [')) return { kind: 'choice', choices: type.slice(8, -1).split(', ') };
  if (type.startsWith('a list')) return { kind: 'lines' };
  if (type.startsWith('a map')) return { kind: 'json' };
  if (type === 'a value') return { kind: 'json' };
  return { kind: parameter.secret ? 'secret' : 'text' };
}

/** A value as it is typed. @param {unknown} value @param {Control} control */
export function typed(value, { kind }) {
  if (value === undefined || value === null) return '';
  if (kind === 'lines') return Array.isArray(value) ? value.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n') : String(value);
  if (typeof value === 'object') return JSON.stringify(value, null, 1);
  return String(value);
}

/** What was typed, as a value; a wrong one stays text, and the server says what is wrong with it. @param {string} text @param {Control} control @param {Parameter} parameter */
export function meant(text, { kind }, parameter) {
  if (kind === 'lines') return text.split('\n').map((line) => line.trim()).filter(Boolean);
  if (kind === 'choice' && parameter.type === 'true or false') return text === 'true';
  if (kind === 'json') {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  // seconds, too, are a number, which IntelMQ takes as nothing else
  return /^a (whole number$|number$|duration in seconds)/.test(parameter.type) && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
