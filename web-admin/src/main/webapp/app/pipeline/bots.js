import { useState } from '../core/html.js';
import { get } from '../core/api.js';
import { useLive } from '../core/live.js';
import { useResource } from '../ui/panel.js';

/**
 * @import { Bot, Routes } from '../core/types.js'
 * @import { Resource } from '../ui/panel.js'
 */
/** @typedef {{path: string, to: string}} Arrow */

/** From queue names to the bots that read them, so that arrows have ends. @param {{id: string, source_queue: string | null, destination_queues: Routes}[]} bots @returns {Map<string, Arrow[]>} */
export function arrows(bots) {
  const reader = new Map(bots.filter((bot) => bot.source_queue).map((bot) => [bot.source_queue, bot.id]));
  return new Map(bots.map((bot) => [bot.id, Object.entries(bot.destination_queues ?? {}).flatMap(([path, queues]) => queues
    .flatMap((queue) => { const to = reader.get(queue); return to ? [{ path, to }] : []; }))]));
}

/** All bots with their figures, which change as the server tells: then `version` is another. @returns {Resource<Bot[]> & {version: number}} */
export function useBots() {
  const bots = useResource((signal) => get('bots', null, { signal }));
  const [version, redraw] = useState(0);
  useLive('status', (status) => {
    if (!bots.data) return;
    const byId = new Map(bots.data.map((bot) => [bot.id, bot]));
    for (const [id, changed] of Object.entries(status.bots)) Object.assign(byId.get(id) ?? {}, changed);
    redraw((n) => n + 1);
  });
  useLive('change', () => bots.again());
  return { ...bots, version };
}
