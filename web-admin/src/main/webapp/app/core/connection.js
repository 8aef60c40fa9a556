import { may } from './session.js';
import { createStore, useStore } from './store.js';

/** @import { Role } from './types.js' */

/** Times in milliseconds of the epoch. @typedef {{state: 'connecting' | 'live' | 'lost', since: number, next: number | null}} Connection */

/** Whether we hear of what changes: since when it is so, and when the next try is. */
export const connection = createStore(/** @type {Connection} */ ({ state: 'connecting', since: Date.now(), next: null }));

export const isLost = () => connection.get().state === 'lost';

/** Whether the server is away, so that what is shown is what was known last. */
export const useLost = () => useStore(connection, (each) => each.state === 'lost');

/** Whether somebody may do it, and the server is there to do it. @param {Role} role */
export const can = (role) => may(role) && !isLost();
