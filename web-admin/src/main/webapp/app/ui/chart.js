import { html, useEffect, useElement, useRef, useState } from '../core/html.js';
import { useStore } from '../core/store.js';
import { language, t } from '../core/texts.js';
import { isSystemDark, theme } from '../core/theme.js';
import { count, time } from '../core/format.js';
import { useStyle } from '../core/style.js';

/**
 * @import uPlot from 'uplot'
 * @import { Bucket } from '../core/types.js'
 */
/**
 * @typedef {{label: string, colour: string, values: (number | null)[], isFilled?: boolean}} Line colour: the name of a token
 * @typedef {(from: number, to: number) => void} OnZoom in seconds of the epoch
 */

const COLOURS = ['accent', 'error', 'held', 'warn', 'ok', 'idle'];

const colour = (/** @type {string} */ name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/**
 * Lines of counts over time: for each of the most frequent values by which they are counted apart, or one for all.
 * @param {Bucket[]} buckets
 * @param {string} label of the one for all
 * @returns {Line[]}
 */
export function linesOf(buckets, label) {
  /** @type {Map<string, number>} */
  const sums = new Map();
  buckets.forEach(({ by }) => Object.entries(by).forEach(([name, n]) => sums.set(name, (sums.get(name) ?? 0) + n)));
  if (sums.size === 0) return [{ label, colour: COLOURS[0], isFilled: true, values: buckets.map((each) => each.total) }];
  return [...sums].sort((a, b) => b[1] - a[1]).slice(0, COLOURS.length).map(([name], i) => ({ label: name === 'null' ? '–' : name, colour: COLOURS[i], values: buckets.map((each) => each.by[name] ?? 0) }));
}

/** The day where it begins, else the time of day. @param {number} seconds */
function hour(seconds) {
  const date = new Date(seconds * 1000);
  const isMidnight = date.getHours() === 0 && date.getMinutes() === 0;
  return isMidnight ? date.toLocaleDateString(language.get(), { day: 'numeric', month: 'short' })
    : date.toLocaleTimeString(language.get(), { hour: '2-digit', minute: '2-digit', hour12: false });
}

/** @param {{width: number, height: number, series: Line[], onZoom?: OnZoom}} look @returns {uPlot.Options} */
function options({ width, height, series, onZoom }) {
  const axis = { stroke: colour('muted'), grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line') }, font: '12px system-ui' };
  return {
    width, height, padding: [8, 20, 0, 0], legend: { live: true }, cursor: { drag: { x: Boolean(onZoom), y: false } },
    axes: [{ ...axis, values: (/** @type {uPlot} */ plot, /** @type {number[]} */ ticks) => ticks.map(hour) }, { ...axis, size: 62, values: (/** @type {uPlot} */ plot, /** @type {number[]} */ values) => values.map(count) }],
    scales: { y: { range: (plot, low, high) => [0, Math.max(1, high * 1.05)] } },
    series: [{ label: t('chart.time'), value: (/** @type {uPlot} */ plot, /** @type {number | null} */ value) => (value === null ? '–' : time(new Date(value * 1000).toISOString())) }, ...series.map((each) => ({ label: each.label, stroke: colour(each.colour), width: 1.5, fill: each.isFilled ? `${colour(each.colour)}33` : undefined,
      value: (/** @type {uPlot} */ plot, /** @type {number | null} */ value) => count(value) }))],
    hooks: { setSelect: [(plot) => { if (onZoom && plot.select.width > 4) onZoom(plot.posToVal(plot.select.left, 'x'), plot.posToVal(plot.select.left + plot.select.width, 'x')); }] },
  };
}

/**
 * A line over time. The library is loaded with the first chart.
 * @param {{times: number[], series: Line[], label: string, height?: number, onZoom?: OnZoom}} properties times in seconds of the epoch
 */
export function Chart({ times, series, label, height = 180, onZoom }) {
  const frame = useElement(HTMLElement);
  const plot = useRef(/** @type {uPlot | null} */ (null));
  const zoomed = useRef(onZoom);
  zoomed.current = onZoom;
  const [library, setLibrary] = useState(/** @type {typeof uPlot | null} */ (null));
  const isStyled = useStyle('/lib/uplot/uPlot.min.css');
  const look = `${useStore(theme)} ${useStore(isSystemDark)}`;
  useStore(language);
  useEffect(() => { import('uplot').then((module) => setLibrary(() => module.default)); }, []);
  useEffect(() => {
    if (!library || !isStyled) return undefined;
    const width = () => Math.max(240, frame.current.clientWidth);
    const drawn = new library(options({ width: width(), height, series, onZoom: onZoom && ((from, to) => zoomed.current?.(from, to)) }), [times, ...series.map((each) => each.values)], frame.current);
    plot.current = drawn;
    const watcher = new ResizeObserver(() => drawn.setSize({ width: width(), height }));
    watcher.observe(frame.current);
    return () => { watcher.disconnect(); drawn.destroy(); plot.current = null; };
  }, [library, isStyled, look, height, series.map((each) => each.label).join()]);
  useEffect(() => { plot.current?.setData([times, ...series.map((each) => each.values)]); });
  return html`<figure class="chart" role="img" aria-label=${label} ref=${frame}>${times.length === 0 && html`<p class="muted">${t('chart.empty')}</p>`}</figure>`;
}
