import { html, useEffect, useElement, useMemo, useRef } from '../core/html.js';
import { bind } from '../core/keys.js';
import { counted, t } from '../core/texts.js';
import { age, count, duration, rate } from '../core/format.js';
import { condition, stateIcon } from '../ui/state.js';
import { Icon } from '../ui/icon.js';
import { Canvas } from './graph/canvas.js';
import { layout } from './graph/layout.js';
import { arrows } from './bots.js';

/**
 * @import { Bot, Routes } from '../core/types.js'
 * @import { Figures } from './graph/draw.js'
 * @import { Place } from './positions.js'
 */

/** What the graph draws of a bot; all else that is known of it is for `figures`. @typedef {{id: string, group: string | null, source_queue: string | null, destination_queues: Routes}} Drawn */

const kind = (/** @type {Drawn} */ bot) => (bot.group ?? '').toLowerCase();

/** The second line of a node: the most urgent thing to know. @param {Bot} bot */
function more(bot) {
  if (bot.failed > 0) return t('node.error', { n: count(bot.failed) });
  if (bot.waiting > 0) return t('node.waiting', { n: count(bot.waiting) });
  if (bot.next_run) return t('node.next', { time: duration(-(age(bot.next_run) ?? 0)) });
  return '';
}

/** @param {Bot} bot @returns {Figures} */
function liveFigures(bot) {
  const now = condition(bot);
  const shown = { rate: now === 'running' || bot.rate > 0 ? rate(bot.rate) : t(`state.${now}`), more: more(bot) };
  const waiting = counted('events', bot.waiting ?? 0, { count: count(bot.waiting ?? 0) });
  // what is seen comes first, so that whoever speaks to the computer can say it
  return { condition: now, icon: stateIcon(now), ...shown, events: bot.rate ?? 0, label: t('node.label', { id: bot.id, ...shown, state: t(`state.${now}`), waiting }) };
}

/**
 * Where to look first: at the bot that is chosen, else at one that needs somebody.
 * @template {Drawn} B
 * @param {B[]} bots @param {string | null | undefined} chosen @param {(bot: B) => Figures} figures
 */
function urgent(bots, chosen, figures) {
  const by = new Map(bots.map((bot) => /** @type {[string, string]} */ ([figures(bot).condition, bot.id])).reverse());
  return chosen ?? by.get('failing') ?? by.get('held');
}

/**
 * The pipeline as a graph. Figures are written into it when `version` or what is shown is another; it is built anew only when bots or
 * arrows change.
 * @template {Drawn} B
 * @param {{bots: B[], version?: number | null, positions: Record<string, Place>, accepts: (id: string) => boolean, chosen: string | null | undefined,
 *   onChoose: (id: string) => void, onOpen: (id: string) => void, onMove?: (places: Map<string, Place>) => void, onConnect?: (from: string, to: string) => void,
 *   canvas?: {current: Canvas | null}, figures?: (bot: B) => Figures}} properties
 */
export function Graph({ bots, version = null, positions, accepts, chosen, onChoose, onOpen, onMove, onConnect, canvas: given, figures = /** @type {any} */ (liveFigures) }) {
  const frame = useElement(HTMLElement);
  const own = useRef(/** @type {Canvas | null} */ (null));
  const canvas = given ?? own;
  const told = useRef({ onChoose, onOpen, onMove, onConnect });
  told.current = { onChoose, onOpen, onMove, onConnect };
  const [to, shape] = useMemo(() => { const found = arrows(bots); return [found, JSON.stringify([...found])]; }, [bots, version]);
  useEffect(() => () => { canvas.current = null; }, []);
  useEffect(() => {
    const drawn = canvas.current ?? new Canvas(frame.current, { label: t('graph.label'), onChoose: (id) => told.current.onChoose(id), onOpen: (id) => told.current.onOpen(id),
      onMove: onMove && (() => told.current.onMove?.(drawn.places)), onConnect: onConnect && ((from, to) => told.current.onConnect?.(from, to)) });
    canvas.current = drawn;
    const nodes = bots.map((bot) => ({ id: bot.id, kind: kind(bot), targets: to.get(bot.id) ?? [] }));
    const isFirst = drawn.places.size === 0;
    drawn.show(nodes, layout(nodes.map(({ id, targets }) => ({ id, targets: targets.map((each) => each.to) })), { ...drawn.connected(), ...positions }));
    if (isFirst) drawn.view.begin(drawn.places.get(urgent(bots, chosen, figures) ?? ''));
  }, [shape, positions]);
  useEffect(() => { const byId = new Map(bots.map((bot) => [bot.id, bot])); canvas.current?.update((id) => { const bot = byId.get(id); return bot && figures(bot); }); }, [bots, version, shape, figures]);
  useEffect(() => { canvas.current?.dim(accepts); }, [accepts]);
  useEffect(() => { canvas.current?.select(chosen); if (chosen) requestAnimationFrame(() => canvas.current?.reveal(chosen)); }, [chosen, shape]);
  useEffect(() => bind('0', () => canvas.current?.view.fit()), []);
  return html`<div class="graph" ref=${frame}>
    <div class="zoom" role="group" aria-label=${t('graph.zoom')}>
      <button aria-label=${t('graph.in')} title=${t('graph.in')} onClick=${() => canvas.current?.view.zoom(1.25)}><${Icon} name="plus-lg" /></button>
      <button aria-label=${t('graph.out')} title=${t('graph.out')} onClick=${() => canvas.current?.view.zoom(0.8)}>–</button>
      <button title=${t('graph.fit')} aria-keyshortcuts="0" onClick=${() => canvas.current?.view.fit()}>${t('graph.fit.short')}</button>
    </div>
  </div>`;
}
