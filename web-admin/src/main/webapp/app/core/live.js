import { connection } from './connection.js';
import { useEffect, useRef } from './html.js';
import { askForLogin } from './session.js';

/**
 * @import { Connection } from './connection.js'
 * @import { Told } from './types.js'
 */

// One stream per browser: over HTTP/1.1 a browser opens six connections to a server, and the seventh tab would hang. One tab holds
// the lock and the connection, and hands on what it hears.
const LOCK = 'intelmq.live';
const channel = new BroadcastChannel(LOCK);
const me = String(crypto.randomUUID());
const listeners = /** @type {Map<string, Set<(data: any) => void>>} */ (new Map());
const wished = /** @type {Set<string>} */ (new Set());
/** What each tab wants to hear. */
const wishes = new Map([[me, wished]]);
let source = /** @type {EventSource | null} */ (null);
let isLeader = false;
let topics = '';
/** @type {number | undefined} */
let retry;
let pause = 1;
let heard = 0;
/** The id of what was heard last: the server tells again what came after it, since each stream begins anew. */
let lastId = '';
/** Milliseconds of silence after which a connection is lost that nobody has closed: the server says something every ten seconds. */
const SILENCE = 20000;

/** Tells the other tabs. @param {'wish' | 'who' | 'connection' | 'event'} kind @param {any} content */
function say(kind, content) {
  channel.postMessage({ from: me, kind, content });
}

/** @param {{topic: string, data: any, id: string}} told */
function hear({ topic, data, id }) {
  lastId = id;
  listeners.get(topic)?.forEach((listener) => listener(data));
}

/** @param {Connection} state */
function become(state) {
  connection.set(state);
  if (isLeader) say('connection', state);
}

/** A stream does not say why it was refused: a server that was started again knows no login. */
async function askWhoWeAre() {
  const answer = await fetch('/api/v1/session').catch(() => null);
  if (answer?.status === 401) askForLogin();
}

/** What all tabs together want to hear. */
const wanted = () => [...new Set([...wishes.values()].flatMap((each) => [...each]))].sort().join(',');

function lose() {
  source?.close();
  const since = connection.get().state === 'lost' ? connection.get().since : Date.now();
  become({ state: 'lost', since, next: Date.now() + pause * 1000 });
  retry = setTimeout(connect, pause * 1000);
  askWhoWeAre();
  pause = Math.min(pause * 2, 8);
}

function connect() {
  clearTimeout(retry);
  source?.close();
  topics = wanted();
  if (!topics) return;
  source = new EventSource(`/api/v1/stream?${new URLSearchParams({ topics, ...(lastId && { last_event_id: lastId }) })}`);
  heard = Date.now();
  source.onopen = () => {
    pause = 1;
    become({ state: 'live', since: Date.now(), next: null });
  };
  source.onerror = lose;
  for (const topic of ['heartbeat', ...topics.split(',')]) {
    source.addEventListener(topic, (event) => {
      heard = Date.now();
      const told = { topic, data: JSON.parse(event.data), id: event.lastEventId };
      hear(told);
      say('event', told);
    });
  }
}

function reconsider() {
  if (isLeader && wanted() !== topics) connect();
}

channel.onmessage = (/** @type {MessageEvent<{from: string, kind: string, content: any}>} */ { data: { from, kind, content } }) => {
  if (kind === 'wish') {
    if (content === null) wishes.delete(from);
    else wishes.set(from, new Set(content));
    reconsider();
  } else if (kind === 'who' && !isLeader) {
    say('wish', [...wished]);
  } else if (kind === 'connection' && !isLeader) {
    connection.set(content);
  } else if (kind === 'event' && !isLeader) {
    hear(content);
  }
};

/** Starts listening; whoever holds the lock connects, and the next one takes over when its tab is closed. */
export function startLive() {
  navigator.locks.request(LOCK, () => {
    isLeader = true;
    say('who', null);
    connect();
    setInterval(() => { if (source && source.readyState !== EventSource.CLOSED && Date.now() - heard > SILENCE) lose(); }, 1000);
    return new Promise(() => { });
  });
  addEventListener('pagehide', () => say('wish', null));
}

/** Tries again at once. */
export function reconnect() {
  pause = 1;
  if (isLeader) connect();
}

/** @param {string} topic @param {(data: any) => void} listener @returns {() => void} how to stop listening */
function listen(topic, listener) {
  const all = listeners.get(topic) ?? new Set();
  listeners.set(topic, all.add(listener));
  if (!wished.has(topic)) {
    wished.add(topic);
    say('wish', [...wished]);
    reconsider();
  }
  return () => {
    all.delete(listener);
    if (all.size === 0) {
      listeners.delete(topic);
      wished.delete(topic);
      say('wish', [...wished]);
      reconsider();
    }
  };
}

/** Tells the component's newest listener what the server says of a topic; of none if it is null.
 * @template {string} T @param {T | null} topic @param {(data: Told<T>) => void} listener */
export function useLive(topic, listener) {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => (topic ? listen(topic, (data) => latest.current(data)) : undefined), [topic]);
}
