import { make } from './draw.js';
import { NODE } from './layout.js';

/** @import { Canvas } from './canvas.js' */

const WIDTH = 200;
const HEIGHT = 130;
/** Around the bots. */
const EDGE = 60;

/** All bots in the small, while some of them are out of sight; a click or a drag brings what it points at into the middle. */
export class Minimap {
  /** @param {Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.picture = make('svg', { class: 'minimap', 'aria-hidden': 'true', hidden: '' }, canvas.frame);
    /** @type {Map<string, Element>} */
    this.bots = new Map();
    this.window = make('rect', { class: 'window' }, this.picture);
    this.picture.addEventListener('pointerdown', (event) => {
      event.stopPropagation();
      this.picture.setPointerCapture(event.pointerId);
      this.goTo(event);
    });
    this.picture.addEventListener('pointermove', (event) => { if (this.picture.hasPointerCapture(event.pointerId)) this.goTo(event); });
  }

  /** @param {PointerEvent} event */
  goTo(event) {
    const { view } = this.canvas;
    const box = this.picture.getBoundingClientRect();
    const scale = box.width / this.shown().width;
    const [x, y] = [(event.clientX - box.left) / scale - EDGE, (event.clientY - box.top) / scale - EDGE];
    view.moveTo(view.frame.clientWidth / 2 - x * view.scale, view.frame.clientHeight / 2 - y * view.scale);
  }

  /** The part of the layer that is drawn: all bots, and a margin. */
  shown() {
    const { width, height } = this.canvas.view.size;
    return { width: width + 2 * EDGE, height: height + 2 * EDGE };
  }

  /** Draws the bots anew. */
  draw() {
    const { width, height } = this.shown();
    const scale = Math.min(WIDTH / width, HEIGHT / height);
    this.picture.setAttribute('viewBox', `${-EDGE} ${-EDGE} ${width} ${height}`);
    this.picture.setAttribute('width', String(width * scale));
    this.picture.setAttribute('height', String(height * scale));
    this.bots.forEach((bot) => bot.remove());
    this.bots = new Map([...this.canvas.places].map(([id, { x, y }]) => [id, make('rect', { x: String(x), y: String(y), width: String(NODE.width), height: String(NODE.height) }, this.picture)]));
    this.picture.append(this.window);
    this.colour();
    this.look();
  }

  /** Shows what each bot is doing. */
  colour() {
    for (const { id, condition } of this.canvas.nodes.values()) this.bots.get(id)?.setAttribute('data-condition', condition ?? '');
  }

  /** Shows which part is seen. */
  look() {
    const { left, top, right, bottom } = this.canvas.view.seen();
    this.picture.toggleAttribute('hidden', this.canvas.view.isWhole());
    for (const [name, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top })) this.window.setAttribute(name, String(value));
  }
}
