import { useState } from '../core/html.js';
import { get } from '../core/api.js';
import { useLive } from '../core/live.js';
import { useResource } from '../ui/panel.js';

/** From queue names to the bots that read them, so that arrows have ends. */
export function arrows(bots) {
  const reader = new Map(bots.filter((bot) => bot.source_queue).map((bot) => [bot.source_queue, bot.id]));
  return new Map(bots.map((bot) => [bot.id, Object.entries(bot.destination_queues ?? {}).flatMap(([path, queues]) => queues
    .filter((queue) => reader.has(queue)).map((queue) => ({ path, to: reader.get(queue) })))]));
}

/** All bots with their figures, which change as the server tells: then `version` is another. */
export function useBots() {
  const bots = useResource((signal) => get('bots', null, { signal }));
  const [version, redraw] = useState(0);
  useLive('status', (status) => {
    if (!bots.data) return;
    const byId = new Map(bots.data.map((bot) => [bot.id, bot]));
    for (const [id, changed] of Object.entries(status.bots)) if (byId.has(id)) Object.assign(byId.get(id), changed);
    redraw((n) => n + 1);
  });
  useLive('change', () => bots.again());
  return { ...bots, version };
}
