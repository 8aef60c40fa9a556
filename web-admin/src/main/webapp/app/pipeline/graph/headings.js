import { iconAddress } from '../../ui/icon.js';
import { counted } from '../../core/texts.js';
import { stateIcon } from '../../ui/state.js';
import { make } from './draw.js';
import { groups } from './layout.js';

/**
 * @import { Canvas } from './canvas.js'
 * @import { Bot } from './draw.js'
 */
/** @typedef {{ids: string[], element: HTMLElement, counts: HTMLElement, told: string, urgency: number, x: number, y: number}} Heading */

/** What is counted apart, the most urgent first. */
const COUNTED = ['failing', 'held', 'changing', 'stopped'];
const HEIGHT = 24;
const GAP = 4;

/** Above each group of connected bots its name and how its bots are, as large as other text: for when bots are too small to be read. */
export class Headings {
  /** @param {Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    /** @type {Heading[]} */
    this.all = [];
  }

  /** @param {Bot[]} bots */
  draw(bots) {
    this.all.forEach(({ element }) => element.remove());
    const known = new Set(bots.map(({ id }) => id));
    const targets = new Map(bots.map((bot) => [bot.id, bot.targets.map(({ to }) => to).filter((to) => known.has(to))]));
    const kinds = new Map(bots.map(({ id, kind }) => [id, kind]));
    this.all = groups([...known], targets).filter((ids) => ids.length > 1).map((ids) => {
      const places = ids.map(this.canvas.at);
      const [x, y] = [Math.min(...places.map((place) => place.x)), Math.min(...places.map((place) => place.y))];
      const sources = ids.filter((id) => kinds.get(id) === 'collector');
      const first = ids.find((id) => this.canvas.at(id).x === x);
      const element = make('div', { class: 'heading', 'aria-hidden': 'true' }, this.canvas.layer);
      element.style.translate = `${x}px ${y - HEIGHT - GAP}px`;
      make('b', {}, element).textContent = sources[0] ?? first ?? ids[0];
      if (sources.length > 1) make('span', {}, element).textContent = `+${sources.length - 1}`;
      return { ids, element, counts: make('span', { class: 'counts' }, element), told: '', urgency: 0, x, y };
    });
    this.count();
  }

  /** Counts what the bots are doing. */
  count() {
    for (const heading of this.all) {
      const now = heading.ids.map((id) => this.canvas.nodes.get(id)?.condition ?? '');
      const found = COUNTED.map((condition) => /** @type {[string, number]} */ ([condition, now.filter((each) => each === condition).length])).filter(([, n]) => n > 0);
      const told = `${heading.ids.length} ${found.join(' ')}`;
      if (told === heading.told) continue;
      heading.told = told;
      heading.urgency = found.reduce((sum, [condition, n]) => sum + n * 10 ** (COUNTED.length - COUNTED.indexOf(condition)), 0);
      heading.counts.replaceChildren(counted('bots', heading.ids.length));
      for (const [condition, n] of found) {
        const part = make('span', { class: `state-${condition}` }, heading.counts);
        make('use', { href: iconAddress(stateIcon(condition)) }, make('svg', { class: 'icon' }, part));
        part.append(String(n));
      }
    }
  }

  /** Keeps their size whatever the layer's is; of those that would cover each other the most urgent is shown. */
  arrange() {
    const { isFar, scale } = this.canvas.view;
    if (!isFar) return;
    this.canvas.layer.style.setProperty('--inverse', String(1 / scale));
    /** @type {{left: number, right: number, bottom: number}[]} */
    const taken = [];
    for (const { element, x, y } of [...this.all].sort((a, b) => b.urgency - a.urgency)) {
      element.hidden = false;
      const box = { left: x * scale, right: x * scale + element.offsetWidth, bottom: y * scale };
      element.hidden = taken.some((other) => box.left < other.right && other.left < box.right && Math.abs(box.bottom - other.bottom) < HEIGHT);
      if (!element.hidden) taken.push(box);
    }
  }
}
