import { connect } from './connect.js';
import { buildNode, lead, make, nodeOf, writeFigures } from './draw.js';
import { letFlow, showRates } from './flow.js';
import { NODE } from './layout.js';
import { Minimap } from './minimap.js';
import { drag } from './drag.js';
import { Headings } from './headings.js';
import { pan } from './pan.js';
import { View } from './view.js';
import { walk } from './walk.js';

/**
 * @import { Place } from '../positions.js'
 * @import { Bot, Edge, Figures, Node, Told } from './draw.js'
 */

/**
 * The graph as buttons over one picture of lines, on a layer that one transformation moves. Figures are written into text nodes and
 * attributes; nothing is built anew for them.
 */
export class Canvas {
  /** @param {HTMLElement} frame @param {Told} told */
  constructor(frame, { onChoose, onOpen, onMove, onConnect, label }) {
    this.frame = frame;
    this.onChoose = onChoose;
    this.onOpen = onOpen;
    this.isConnectable = Boolean(onConnect);
    this.layer = make('div', { class: 'layer', role: 'group', 'aria-label': label }, frame);
    this.picture = make('svg', { class: 'edges', 'aria-hidden': 'true' }, this.layer);
    this.nodes = /** @type {Map<string, Node>} */ (new Map());
    this.places = /** @type {Map<string, Place>} */ (new Map());
    this.edges = /** @type {Edge[]} */ ([]);
    this.view = new View(frame, this.layer, () => this.rest(), () => this.minimap.look());
    this.minimap = new Minimap(this);
    this.headings = new Headings(this);
    this.layer.addEventListener('click', (event) => { const id = nodeOf(event)?.dataset.id; if (id) this.choose(id); });
    this.layer.addEventListener('dblclick', (event) => { const id = nodeOf(event)?.dataset.id; if (id) onOpen(id); });
    this.layer.addEventListener('focusin', (event) => this.reveal(nodeOf(event)?.dataset.id));
    pan(this.view);
    if (onConnect) connect(this, onConnect);
    if (onMove) drag(this, onMove);
    walk(this);
  }

  /** Where a bot stands. @type {(id: string) => Place} */
  at = (id) => this.places.get(id) ?? { x: 0, y: 0 };

  /** @param {Bot[]} bots @param {Map<string, Place>} places */
  show(bots, places) {
    this.places = places;
    const kept = new Set(bots.map((bot) => bot.id));
    for (const [id, node] of this.nodes) if (!kept.has(id)) { node.element.remove(); this.nodes.delete(id); }
    for (const bot of bots) this.place(this.nodes.get(bot.id) ?? this.build(bot), this.at(bot.id));
    this.drawEdges(bots);
    this.minimap.draw();
    this.headings.draw(bots);
    this.view.apply();
  }

  /** @param {Bot} bot */
  build(bot) {
    const node = buildNode(bot, this.layer, this.isConnectable);
    this.nodes.set(bot.id, node);
    if (this.nodes.size === 1) node.element.tabIndex = 0;
    return node;
  }

  /** @type {(node: Node, place: Place) => void} */
  place = (node, { x, y }) => { node.element.style.translate = `${x}px ${y}px`; };

  /** @param {Bot[]} bots */
  drawEdges(bots) {
    this.picture.replaceChildren();
    this.edges = [];
    const all = [...this.places.values()];
    this.view.size = { width: Math.max(0, ...all.map(({ x }) => x)) + NODE.width, height: Math.max(0, ...all.map(({ y }) => y)) + NODE.height };
    this.picture.setAttribute('width', String(this.view.size.width));
    this.picture.setAttribute('height', String(this.view.size.height));
    for (const bot of bots) {
      for (const { path, to } of bot.targets) if (this.places.has(to)) this.edges.push(this.drawEdge(bot.id, to, path));
    }
  }

  /** @param {string} from @param {string} to @param {string} path @returns {Edge} */
  drawEdge(from, to, path) {
    const text = path === '_default' ? null : make('text', { class: 'path', 'text-anchor': 'middle' }, this.picture);
    if (text) text.textContent = path;
    const edge = { from, to, line: make('path', { class: 'edge' }, this.picture), text };
    lead(edge, this.places);
    return edge;
  }

  /** Where those bots stand that have lines: they stay there when others come and go. */
  connected() {
    return Object.fromEntries(this.edges.flatMap(({ from, to }) => [[from, this.at(from)], [to, this.at(to)]]));
  }

  /** Puts a bot elsewhere; its lines follow. @param {string} id @param {Place} place */
  move(id, place) {
    this.places.set(id, place);
    const node = this.nodes.get(id);
    if (node) this.place(node, place);
    this.edges.filter(({ from, to }) => from === id || to === id).forEach((edge) => lead(edge, this.places));
  }

  /** @param {(id: string) => Figures | undefined} figures of a bot */
  update(figures) {
    for (const node of this.nodes.values()) writeFigures(node, figures(node.id));
    this.minimap.colour();
    this.headings.count();
    if (showRates(this.edges, this.nodes) && !this.view.timer) this.letFlow();
  }

  rest() {
    this.headings.arrange();
    this.letFlow();
  }

  letFlow() {
    letFlow(this.edges, this.places, this.view.isFar ? null : this.view.seen());
  }

  /** Only those bots that this accepts are shown in full. @param {(id: string) => boolean} accepts */
  dim(accepts) {
    for (const node of this.nodes.values()) node.element.classList.toggle('dim', !accepts(node.id));
  }

  /** Marked at once: what the page makes of it takes longer, and comes a frame later. @param {string} id */
  choose(id) {
    this.select(id);
    this.onChoose(id);
  }

  /** @param {string | null | undefined} id */
  select(id) {
    this.layer.querySelector('[aria-pressed="true"]')?.setAttribute('aria-pressed', 'false');
    const node = this.nodes.get(id ?? '');
    if (!node) return;
    node.element.setAttribute('aria-pressed', 'true');
    this.layer.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
    node.element.tabIndex = 0;
  }

  /** @type {(id: string | undefined) => void} */
  reveal = (id) => { if (id && this.places.has(id)) this.view.reveal(this.at(id)); };
}
