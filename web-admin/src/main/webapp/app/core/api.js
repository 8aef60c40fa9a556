import { askForLogin, session } from './session.js';
import { t } from './texts.js';

/**
 * @import { Changed, Got, Posted } from './answers.js'
 * @import { Problem as Mistake } from './types.js'
 */

/** @typedef {Record<string, string | number | boolean | null | undefined | (string | number)[]>} Query
 * @typedef {{query?: Query | null, body?: any, etag?: string | null, signal?: AbortSignal, anonymous?: boolean}} Options
 *   anonymous: does not ask for a login */

const BASE = '/api/v1/';

/** What the server refuses, as application/problem+json says it (RFC 9457). */
class Problem extends Error {
  /** @param {number} status @param {{title?: string, detail?: string, code?: string, remedy?: string | null, problems?: Mistake[]}} body */
  constructor(status, body) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = body.code ?? null;
    this.remedy = body.remedy ?? null;
    this.problems = body.problems ?? [];
  }
}

/** The server cannot be reached at all. */
class Unreachable extends Error {}

/** What may go wrong when something is asked for: of the server's refusals all is known, of others the message alone.
 * @typedef {Error & Partial<Pick<Problem, 'status' | 'code' | 'remedy' | 'problems'>>} Failed */

/** What went wrong and what to do, in sentences. @param {Failed} error */
export const inSentences = ({ message, remedy }) => (remedy ? `${/[.!?…]$/.test(message) ? message : `${message}.`} ${remedy}` : message);

/** Whether asking again may help: the server is away, or starts. @param {Failed} error */
export const isAway = (error) => error instanceof Unreachable || error.status === 503;

/** Milliseconds by which the server's clock is ahead of this one. */
let ahead = 0;

/** What time it is where the server is, in milliseconds of the epoch; to the second if the clocks differ. */
export const serverTime = () => Date.now() + ahead;

/** @param {Response} response */
function compareClocks(response) {
  const difference = Date.parse(response.headers.get('Date') ?? '') - Date.now();
  ahead = Math.abs(difference) > 2000 ? difference : 0;
}

const isChange = (/** @type {string} */ method) => method !== 'GET' && method !== 'HEAD';

/** @param {string} path @param {Query | null} [query] what is empty is left out */
function address(path, query) {
  const url = new URL(BASE + path, location.origin);
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null && each !== '') url.searchParams.append(name, String(each));
    }
  }
  return url;
}

/** @param {string} method @param {string} path @param {Options} options */
async function send(method, path, { query, body, etag, signal }) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json, application/problem+json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (etag) headers['If-Match'] = etag;
  if (isChange(method)) headers['X-CSRF-Token'] = session.get()?.csrf ?? '';
  try {
    const response = await fetch(address(path, query), { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
    compareClocks(response);
    return response;
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Unreachable(t('lost.unreachable'));
  }
}

/** @param {Response} response */
async function content(response) {
  const text = await response.text();
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return response.ok ? text : { detail: t('lost.nojson', { status: response.status }) };
  }
}

/**
 * Asks our REST interface. Without a login it waits for one, so that nothing typed is lost, and asks again.
 * @param {string} method
 * @param {string} path below /api/v1/
 * @param {Options} options
 * @returns {Promise<{data: any, etag: string | null}>}
 */
async function ask(method, path, options = {}) {
  let response = await send(method, path, options);
  if (response.status === 401 && !options.anonymous) {
    await askForLogin();
    response = await send(method, path, options);
  }
  const data = await content(response);
  if (!response.ok) throw new Problem(response.status, data ?? {});
  return { data, etag: response.headers.get('ETag') };
}

/** @template {string} A @param {A} path @param {Query | null} [query] @param {Options} [options] @returns {Promise<Got<A>>} */
export const get = async (path, query, options) => (await ask('GET', path, { query, ...options })).data;

/**
 * With the version of what is answered, which a change takes.
 * @template {string} A
 * @param {A} path
 * @param {Options} [options]
 * @returns {Promise<{data: Got<A>, etag: string | null}>}
 */
export const getVersion = (path, options) => ask('GET', path, options);

/** @template {string} A @param {A} path @param {any} [body] @param {Options} [options] @returns {Promise<Posted<A>>} */
export const post = async (path, body, options) => (await ask('POST', path, { body, ...options })).data;

/** @template {string} A @param {A} path @param {any} body @param {Options} [options] @returns {Promise<Changed<A>>} */
export const put = async (path, body, options) => (await ask('PUT', path, { body, ...options })).data;

/** @template {string} A @param {A} path @param {any} body @param {Options} [options] @returns {Promise<Changed<A>>} */
export const patch = async (path, body, options) => (await ask('PATCH', path, { body, ...options })).data;

/** @template {string} A @param {A} path @param {Options} [options] @returns {Promise<Changed<A>>} */
export const remove = async (path, options) => (await ask('DELETE', path, options)).data;
