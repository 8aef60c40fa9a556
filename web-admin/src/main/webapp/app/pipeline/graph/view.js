import { NODE } from './layout.js';

/** @import { Place } from '../positions.js' */

const SMALLEST = 0.1;
/** Below this, names cannot be read, and only the shape of the whole is drawn. */
const FAR = 0.45;
/** Below this, texts are larger than the rest. */
const SMALL = 0.75;
const MARGIN = 40;
/** What the buttons and the small picture of all take up below. */
const CORNER = 190;
/** Milliseconds without a move until the view is at rest. */
const REST = 160;

/** Which part of a layer its frame shows, and how large; `size` is that of what is on the layer. */
export class View {
  /**
   * @param {HTMLElement} frame
   * @param {HTMLElement} layer
   * @param {() => void} onRest told when it has been moved or zoomed and rests again
   * @param {() => void} onMove told of every move
   */
  constructor(frame, layer, onRest, onMove) {
    this.onMove = onMove;
    this.onRest = onRest;
    /** @type {number | undefined} */
    this.timer = undefined;
    this.isFar = false;
    this.frame = frame;
    this.layer = layer;
    this.x = MARGIN;
    this.y = MARGIN;
    this.scale = 1;
    this.size = { width: 0, height: 0 };
  }

  transform() {
    this.layer.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
    this.onMove();
  }

  apply() {
    this.transform();
    if (!this.timer) this.layer.classList.add('moving');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.rest(), REST);
  }

  /** What changes how much is drawn waits until now: doing it while the wheel turns costs frames. */
  rest() {
    this.timer = undefined;
    this.layer.classList.remove('moving');
    this.isFar = this.scale < FAR;
    this.layer.classList.toggle('far', this.isFar);
    this.layer.classList.toggle('small', this.scale < SMALL);
    this.onRest();
  }

  /** The part of the layer that is seen. */
  seen() {
    const [left, top] = [-this.x / this.scale, -this.y / this.scale];
    return { left, top, right: left + this.frame.clientWidth / this.scale, bottom: top + this.frame.clientHeight / this.scale };
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.x = x;
    this.y = y;
    this.apply();
  }

  /** A point of the window, as a place on the layer. @param {number} clientX @param {number} clientY @returns {Place} */
  toLayer(clientX, clientY) {
    const box = this.frame.getBoundingClientRect();
    return { x: (clientX - box.left - this.x) / this.scale, y: (clientY - box.top - this.y) / this.scale };
  }

  /** Moves in one step: nothing is prepared for more of them. @param {number} x @param {number} y */
  jump(x, y) {
    this.x = x;
    this.y = y;
    this.transform();
    clearTimeout(this.timer);
    this.rest();
  }

  /** The size at which all can be seen. */
  whole() {
    const wanted = Math.min((this.frame.clientWidth - 2 * MARGIN) / this.size.width, (this.frame.clientHeight - 2 * MARGIN) / this.size.height);
    return Math.min(1, Math.max(SMALLEST, wanted));
  }

  /** Shows all, however small that is. */
  fit() {
    this.scale = this.whole();
    const middle = (/** @type {number} */ room, /** @type {number} */ length) => Math.max(MARGIN, (room - length * this.scale) / 2);
    this.jump(middle(this.frame.clientWidth, this.size.width), middle(this.frame.clientHeight, this.size.height));
  }

  /** Shows all if that can be read with ease, else what is around a node, or the beginning. @param {Place} [place] */
  begin({ x, y } = { x: 0, y: 0 }) {
    if (this.whole() >= SMALL) { this.fit(); return; }
    this.scale = SMALL;
    const from = (/** @type {number} */ middle, /** @type {number} */ room, /** @type {number} */ length) => Math.min(MARGIN, Math.max(room - MARGIN - length * this.scale, room / 2 - middle * this.scale));
    this.jump(from(x + NODE.width / 2, this.frame.clientWidth, this.size.width), from(y + NODE.height / 2, this.frame.clientHeight, this.size.height));
  }

  /** Brings a node into the middle, at full size. @param {Place} place */
  centre({ x, y }) {
    this.scale = 1;
    this.jump((this.frame.clientWidth - NODE.width) / 2 - x, (this.frame.clientHeight - NODE.height) / 2 - y);
  }

  /** The point x, y of the frame stays where it is. @param {number} factor */
  zoom(factor, x = this.frame.clientWidth / 2, y = this.frame.clientHeight / 2) {
    const scale = Math.min(2, Math.max(SMALLEST, this.scale * factor));
    const ratio = scale / this.scale;
    this.scale = scale;
    this.moveTo(x - (x - this.x) * ratio, y - (y - this.y) * ratio);
  }

  /** Whether all can be seen. */
  isWhole() {
    const { left, top, right, bottom } = this.seen();
    return left <= 0 && top <= 0 && right >= this.size.width && bottom >= this.size.height;
  }

  /** Moves no more than is needed to see all of a node. @param {Place} place */
  reveal(place) {
    const into = (/** @type {number} */ start, /** @type {number} */ length, /** @type {number} */ room) => (start < 0 ? MARGIN - start : Math.min(0, room - MARGIN - start - length));
    const right = into(this.x + place.x * this.scale, NODE.width * this.scale, this.frame.clientWidth);
    const down = into(this.y + place.y * this.scale, NODE.height * this.scale, this.frame.clientHeight - (this.isWhole() ? 0 : CORNER));
    if (right !== 0 || down !== 0) this.jump(this.x + right, this.y + down);
  }
}
