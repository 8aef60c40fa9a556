import { connect } from './connect.js';
import { curve, make } from './draw.js';
import { letFlow, showRates } from './flow.js';
import { NODE } from './layout.js';
import { iconAddress } from '../../ui/icon.js';
import { drag } from './drag.js';
import { pan } from './pan.js';
import { View } from './view.js';
import { walk } from './walk.js';

/**
 * The graph as buttons over one picture of lines, on a layer that one transformation moves. Figures are written into text nodes and
 * attributes; nothing is built anew for them.
 */
export class Canvas {
  constructor(frame, { onChoose, onOpen, onMove, onConnect, label }) {
    this.frame = frame;
    this.onChoose = onChoose;
    this.onOpen = onOpen;
    this.isConnectable = Boolean(onConnect);
    this.layer = make('div', { class: 'layer', role: 'group', 'aria-label': label }, frame);
    this.picture = make('svg', { class: 'edges', 'aria-hidden': 'true' }, this.layer);
    /** @type {Map<string, any>} */
    this.nodes = new Map();
    /** @type {Map<string, any>} */
    this.places = new Map();
    /** @type {any[]} */
    this.edges = [];
    this.view = new View(frame, this.layer, () => this.letFlow());
    this.layer.addEventListener('click', (event) => { const node = event.target.closest('.node'); if (node) this.choose(node.dataset.id); });
    this.layer.addEventListener('dblclick', (event) => { const node = event.target.closest('.node'); if (node) onOpen(node.dataset.id); });
    this.layer.addEventListener('focusin', (event) => this.reveal(event.target.closest('.node')?.dataset.id));
    pan(this.view);
    if (onConnect) connect(this, onConnect);
    if (onMove) drag(this, onMove);
    walk(this);
  }

  /** @param {{id, title, kind, targets: {path, to}[]}[]} bots @param {Map<string, any>} places */
  show(bots, places) {
    this.places = places;
    const kept = new Set(bots.map((bot) => bot.id));
    for (const [id, node] of this.nodes) if (!kept.has(id)) { node.element.remove(); this.nodes.delete(id); }
    for (const bot of bots) this.place(this.nodes.get(bot.id) ?? this.build(bot), places.get(bot.id));
    this.drawEdges(bots);
    this.view.apply();
  }

  build(bot) {
    const element = make('button', { class: `node kind-${bot.kind}`, 'data-id': bot.id, type: 'button', tabindex: '-1' }, this.layer);
    const title = make('span', { class: 'title' }, element);
    title.textContent = bot.id;
    const icon = make('use', { href: '' }, make('svg', { class: 'icon' }, make('span', { class: 'sign' }, element)));
    const texts = Object.fromEntries(['rate', 'more'].map((part) => [part, (element.append(' '), make('span', { class: part }, element)).appendChild(document.createTextNode(''))]));
    if (this.isConnectable && bot.kind !== 'output') make('span', { class: 'handle', 'aria-hidden': 'true' }, element);
    const node = { id: bot.id, element, texts, icon };
    this.nodes.set(bot.id, node);
    if (this.nodes.size === 1) element.tabIndex = 0;
    return node;
  }

  place(node, { x, y }) {
    node.element.style.translate = `${x}px ${y}px`;
  }

  drawEdges(bots) {
    this.picture.replaceChildren();
    this.edges = [];
    const far = { x: 0, y: 0 };
    for (const { x, y } of this.places.values()) { far.x = Math.max(far.x, x); far.y = Math.max(far.y, y); }
    this.view.size = { width: far.x + NODE.width, height: far.y + NODE.height };
    this.picture.setAttribute('width', this.view.size.width);
    this.picture.setAttribute('height', this.view.size.height);
    for (const bot of bots) {
      for (const { path, to } of bot.targets) if (this.places.has(to)) this.edges.push(this.drawEdge(bot.id, to, path));
    }
  }

  drawEdge(from, to, path) {
    const line = make('path', { class: 'edge', d: curve(this.places.get(from), this.places.get(to)) }, this.picture);
    const text = path === '_default' ? null : make('text', { class: 'path', 'text-anchor': 'middle' }, this.picture);
    if (text) text.textContent = path;
    const edge = { from, to, line, text };
    this.label(edge);
    return edge;
  }

  label({ from, to, text }) {
    if (!text) return;
    const [a, b] = [this.places.get(from), this.places.get(to)];
    text.setAttribute('x', (a.x + NODE.width + b.x) / 2);
    text.setAttribute('y', (a.y + b.y + NODE.height) / 2 - 4);
  }

  /** Puts a bot elsewhere; its lines follow. */
  move(id, place) {
    this.places.set(id, place);
    this.place(this.nodes.get(id), place);
    for (const edge of this.edges.filter(({ from, to }) => from === id || to === id)) {
      edge.line.setAttribute('d', curve(this.places.get(edge.from), this.places.get(edge.to)));
      this.label(edge);
    }
  }

  /** @param {(id: string) => {condition, icon, rate, more, events, label}} figures of a bot */
  update(figures) {
    for (const node of this.nodes.values()) {
      const now = figures(node.id);
      node.events = now.events;
      node.condition = now.condition;
      if (node.texts.rate.data !== now.rate) node.texts.rate.data = now.rate;
      if (node.texts.more.data !== now.more) node.texts.more.data = now.more;
      if (node.element.dataset.condition !== now.condition) {
        node.element.dataset.condition = now.condition;
        node.icon.setAttribute('href', iconAddress(now.icon));
      }
      if (node.label !== now.label) { node.label = now.label; node.element.setAttribute('aria-label', now.label); }
    }
    if (showRates(this.edges, this.nodes) && !this.view.timer) this.letFlow();
  }

  letFlow() {
    letFlow(this.edges, this.places, this.view.isFar ? null : this.view.seen());
  }

  /** Only those bots that this accepts are shown in full. */
  dim(accepts) {
    for (const node of this.nodes.values()) node.element.classList.toggle('dim', !accepts(node.id));
  }

  /** Marked at once: what the page makes of it takes longer, and comes a frame later. */
  choose(id) {
    this.select(id);
    this.onChoose(id);
  }

  select(id) {
    this.layer.querySelector('[aria-pressed="true"]')?.setAttribute('aria-pressed', 'false');
    const node = this.nodes.get(id);
    if (!node) return;
    node.element.setAttribute('aria-pressed', 'true');
    this.layer.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
    node.element.tabIndex = 0;
  }

  reveal(id) {
    if (this.places.has(id)) this.view.reveal(this.places.get(id));
  }
}
