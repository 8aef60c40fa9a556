import { iconAddress } from '../../ui/icon.js';
import { wayTo } from './route.js';

/**
 * @import { Arrow } from '../bots.js'
 * @import { Place } from '../positions.js'
 */
/**
 * @typedef {{condition: string, icon: string, rate: string, more: string, events: number, label: string}} Figures of a bot
 * @typedef {{id: string, kind: string, targets: Arrow[]}} Bot
 * @typedef {{id: string, element: HTMLElement, icon: Element, texts: {rate: Text, more: Text}, events?: number, condition?: string, label?: string}} Node
 * @typedef {{onChoose: (id: string) => void, onOpen: (id: string) => void, onMove?: () => void, onConnect?: (from: string, to: string) => void, label: string}} Told
 * @typedef {{from: string, to: string, line: SVGElement, text: SVGElement | null, flow?: string, width?: string, isFlowing?: boolean}} Edge
 */

const SVG = 'http://www.w3.org/2000/svg';

/** The elements of SVG that we make. @typedef {'svg' | 'use' | 'path' | 'text' | 'rect'} Picture */

/**
 * A new element in its parent; within a picture one of SVG.
 * @template {string} N
 * @param {N} name
 * @param {Record<string, string>} attributes
 * @param {Element} parent
 * @returns {N extends Picture ? SVGElement : HTMLElement}
 */
export function make(name, attributes, parent) {
  const element = parent.namespaceURI === SVG || name === 'svg' ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return /** @type {any} */ (parent.appendChild(element));
}

/** Draws a line between the places that its bots have, and the path's name beside it. @param {Edge} edge @param {Map<string, Place>} places @param {Place[]} all of them */
export function lead({ from, to, line, text }, places, all = [...places.values()]) {
  const [a, b] = [places.get(from), places.get(to)];
  if (!a || !b) return;
  const { d, middle } = wayTo(a, b, all);
  line.setAttribute('d', d);
  text?.setAttribute('x', String(middle.x));
  text?.setAttribute('y', String(middle.y));
}

/** Longer names have their middle left out: what tells them apart is mostly at their end. */
const LONGEST = 44;
const ENDS = 21;

/** A name that may go on in the next line after each part of it. @param {string} id @param {Element} parent */
function writeName(id, parent) {
  const shown = id.length > LONGEST ? `${id.slice(0, ENDS)}…${id.slice(-ENDS)}` : id;
  for (const part of shown.split(/(?<=[-_.…])/)) parent.append(part, document.createElement('wbr'));
}

/** @param {Bot} bot @param {Element} layer @param {boolean} isConnectable whether lines can be drawn from it @returns {Node} */
export function buildNode(bot, layer, isConnectable) {
  const element = make('button', { class: `node kind-${bot.kind}`, 'data-id': bot.id, type: 'button', tabindex: '-1', title: bot.id }, layer);
  writeName(bot.id, make('span', { class: 'title' }, element));
  const icon = make('use', { href: '' }, make('svg', { class: 'icon' }, make('span', { class: 'sign' }, element)));
  const text = (/** @type {string} */ part) => (element.append(' '), make('span', { class: part }, element)).appendChild(document.createTextNode(''));
  const texts = { rate: text('rate'), more: text('more') };
  if (isConnectable && bot.kind !== 'output') make('span', { class: 'handle', 'aria-hidden': 'true' }, element);
  return { id: bot.id, element, texts, icon };
}

/** Writes only what has changed. @param {Node} node @param {Figures | undefined} now */
export function writeFigures(node, now) {
  if (!now) return;
  node.events = now.events;
  node.condition = now.condition;
  if (node.texts.rate.data !== now.rate) node.texts.rate.data = now.rate;
  if (node.texts.more.data !== now.more) node.texts.more.data = now.more;
  if (node.element.dataset.condition !== now.condition) {
    node.element.dataset.condition = now.condition;
    node.icon.setAttribute('href', iconAddress(now.icon));
  }
  if (node.label !== now.label) node.element.setAttribute('aria-label', node.label = now.label);
}

/** The node that an event is about. @param {Event} event */
export const nodeOf = (event) => (event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('.node')) : null);
