// One import for what every component needs.
import { h, render } from 'preact';
import { useRef as ref, useState as state } from 'preact/hooks';
import htm from 'htm';

export { render };
export { useCallback, useEffect, useErrorBoundary, useLayoutEffect, useMemo } from 'preact/hooks';
// Preact's own types say that what begins as null stays null, and that nothing gets into a list that begins empty.
/** @typedef {{(initial: null): {current: any}, <T>(initial: T): {current: T}}} Ref */
export const useRef = /** @type {Ref} */ (ref);
/** @typedef {{(initial: null): [any, (next: any) => void], (initial: never[]): [any[], (next: any) => void], <T>(initial: T | (() => T)): [T, (next: T | ((old: T) => T)) => void]}} State */
export const useState = /** @type {State} */ (state);
export const html = htm.bind(h);
