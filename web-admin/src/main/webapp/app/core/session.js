import { createStore } from './store.js';

/** @import { Role, Session } from './types.js' */

/** Who is logged in; null for nobody, undefined as long as it is not known. */
export const session = createStore(/** @type {Session | null | undefined} */ (undefined));

/** Whether the login dialog is open. */
export const loginWanted = createStore(false);

const ROLES = ['viewer', 'operator', 'editor', 'admin'];
/** @type {((nothing?: undefined) => void)[]} */
let waiting = [];

/** Opens the login dialog; resolves when somebody has logged in. */
export function askForLogin() {
  session.set(null);
  loginWanted.set(true);
  return new Promise((resolve) => waiting.push(resolve));
}

/** Somebody has: what waited goes on. @param {Session} who */
export function loggedIn(who) {
  session.set(who);
  loginWanted.set(false);
  waiting.forEach((resolve) => resolve());
  waiting = [];
}

/** Whether the role of whoever is logged in includes this one. @param {Role} role */
export function may(role) {
  return ROLES.indexOf(session.get()?.role ?? '') >= ROLES.indexOf(role);
}
