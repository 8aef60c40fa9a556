import { askForLogin, session } from './session.js';

const BASE = '/api/v1/';

/** What the server refuses, as application/problem+json says it (RFC 9457). */
class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? body.error ?? body.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = body.code ?? null;
    this.remedy = body.remedy ?? null;
    this.problems = body.problems ?? [];
    this.body = body;
  }
}

/** The server cannot be reached at all. */
class Unreachable extends Error {}

/** Whether asking again may help: the server is away, or starts. */
export const isAway = (error) => error instanceof Unreachable || error.status === 503;

/** Milliseconds by which the server's clock is ahead of this one. */
let ahead = 0;

/** What time it is where the server is, in milliseconds of the epoch; to the second if the clocks differ. */
export const serverTime = () => Date.now() + ahead;

function compareClocks(response) {
  const difference = Date.parse(response.headers.get('Date') ?? '') - Date.now();
  ahead = Math.abs(difference) > 2000 ? difference : 0;
}

const isChange = (method) => method !== 'GET' && method !== 'HEAD';

function address(path, query) {
  const url = new URL(BASE + path, location.origin);
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null && each !== '') url.searchParams.append(name, each);
    }
  }
  return url;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{query?: object, body?: any, etag?: string, signal?: AbortSignal}} options
 */
async function send(method, path, { query, body, etag, signal }) {
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
    throw new Unreachable('The server cannot be reached.');
  }
}

async function content(response) {
  const text = await response.text();
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return response.ok ? text : { detail: `The server answered ${response.status} with something that is not JSON.` };
  }
}

/**
 * Asks our REST interface. Without a login it waits for one, so that nothing typed is lost, and asks again.
 * @param {string} method
 * @param {string} path below /api/v1/
 * @param {{query?: object, body?: any, etag?: string, signal?: AbortSignal, full?: boolean, anonymous?: boolean}} options
 *   full: answers {data, etag} instead of the data alone; anonymous: does not ask for a login
 */
export async function request(method, path, options = {}) {
  let response = await send(method, path, options);
  if (response.status === 401 && !options.anonymous) {
    await askForLogin();
    response = await send(method, path, options);
  }
  const data = await content(response);
  if (!response.ok) throw new Problem(response.status, data ?? {});
  return options.full ? { data, etag: response.headers.get('ETag') } : data;
}

export const get = (path, query, options) => request('GET', path, { query, ...options });
export const post = (path, body, options) => request('POST', path, { body, ...options });
export const put = (path, body, options) => request('PUT', path, { body, ...options });
export const patch = (path, body, options) => request('PATCH', path, { body, ...options });
export const remove = (path, options) => request('DELETE', path, options);
