// One import for what every component needs.
import { h, render } from 'preact';
import { useRef as ref, useState as state } from 'preact/hooks';
import htm from 'htm';

/** @import { ComponentChildren } from 'preact' */

export { render };
export { useCallback, useEffect, useErrorBoundary, useLayoutEffect, useMemo } from 'preact/hooks';
// Preact's own types say that what is not there yet stays away.
/** @typedef {<T>(initial: T) => {current: T}} Ref */
export const useRef = /** @type {Ref} */ (ref);
/** @typedef {<T>(initial: T | (() => T)) => [T, (next: T | ((old: T) => T)) => void]} State */
export const useState = /** @type {State} */ (state);
export const html = htm.bind(h);

/** What can stand between the tags of a component. @typedef {ComponentChildren} Content */

/**
 * A place for an element of this kind, which is there as soon as the component is drawn.
 * @template T
 * @param {new () => T} kind
 * @returns {{current: T}}
 */
export const useElement = (kind) => /** @type {any} */ (ref(null));

/**
 * Hears what is typed into a control, or chosen in it.
 * @param {(value: string) => unknown} use
 */
export const heard = (use) => (/** @type {{target: HTMLInputElement}} */ { target }) => use(target.value);

/**
 * Hears that a form is to be sent, which the browser then does not do; with what its fields hold, by name.
 * @param {(values: Record<string, string>, form: HTMLFormElement) => unknown} use
 */
export const submitted = (use) => (/** @type {{target: HTMLFormElement, preventDefault: () => void}} */ event) => {
  event.preventDefault();
  return use(/** @type {Record<string, string>} */ (Object.fromEntries(new FormData(event.target))), event.target);
};
