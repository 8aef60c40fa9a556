import { createStore } from './store.js';

/** Who is logged in: {name, role, csrf, expires}; null for nobody, undefined as long as it is not known. */
export const session = createStore(/** @type {{name: string, role: string, csrf: string} | null | undefined} */ (undefined));

/** Whether the login dialog is open. */
export const loginWanted = createStore(false);

const ROLES = ['viewer', 'operator', 'editor', 'admin'];
let waiting = [];

/** Opens the login dialog; resolves when somebody has logged in. */
export function askForLogin() {
  session.set(null);
  loginWanted.set(true);
  return new Promise((resolve) => waiting.push(resolve));
}

/** Somebody has: what waited goes on. */
export function loggedIn(who) {
  session.set(who);
  loginWanted.set(false);
  waiting.forEach((resolve) => resolve());
  waiting = [];
}

/** Whether the role of whoever is logged in includes this one. */
export function may(role) {
  return ROLES.indexOf(session.get()?.role ?? '') >= ROLES.indexOf(role);
}
