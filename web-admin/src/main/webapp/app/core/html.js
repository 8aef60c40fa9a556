// One import for what every component needs.
import { h, render } from 'preact';
import htm from 'htm';

export { render };
export { useCallback, useEffect, useErrorBoundary, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
export const html = htm.bind(h);
