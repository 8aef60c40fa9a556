import { NODE } from './layout.js';

/** @import { Place } from '../positions.js' */
/** @typedef {{d: string, middle: Place}} Way what is drawn, and where its name stands */

/** How far a line that goes round bots keeps away from them, and how round its corners are. */
const AWAY = 22;
const ROUND = 10;

/** From the right of one place to the left of another that is behind it. @param {Place} a @param {Place} b */
export function curve(a, b) {
  const [x1, y1, x2, y2] = [a.x + NODE.width, a.y + NODE.height / 2, b.x, b.y + NODE.height / 2];
  const bend = Math.max(28, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

/**
 * How high a line can go from left to right with no bot in its way: the nearest, of those the widest.
 * @param {Place[]} places of all bots
 * @param {{left: number, right: number, y1: number, y2: number}} line its ends
 */
function lane(places, { left, right, y1, y2 }) {
  const inTheWay = places.filter(({ x }) => x < right && x + NODE.width > left).map(({ y }) => y).sort((a, b) => a - b);
  if (inTheWay.length === 0) return (y1 + y2) / 2;
  let best = { y: inTheWay[0] - AWAY, height: AWAY };
  const far = (/** @type {number} */ y) => Math.abs(y - y1) + Math.abs(y - y2);
  const consider = (/** @type {number} */ from, /** @type {number} */ to) => {
    const height = to - from;
    const aside = Math.min(AWAY, height / 2);
    const y = Math.max(y1, y2) < from ? from + aside : Math.min(y1, y2) > to ? to - aside : (from + to) / 2;
    if (height >= NODE.gapY / 2 && (far(y) < far(best.y) - 1 || (far(y) < far(best.y) + 1 && height > best.height))) best = { y, height };
  };
  let end = inTheWay[0];
  for (const y of inTheWay) {
    if (y > end) consider(end, y);
    end = Math.max(end, y + NODE.height);
  }
  consider(end, end + 2 * AWAY);
  return best.y;
}

/** Straight lines with round corners. @param {[number, number][]} points */
function rounded(points) {
  const [first, ...rest] = points;
  const last = rest[rest.length - 1];
  const towards = (/** @type {[number, number]} */ [x, y], /** @type {[number, number]} */ [toX, toY]) => {
    const length = Math.hypot(toX - x, toY - y);
    const share = length === 0 ? 0 : Math.min(ROUND, length / 2) / length;
    return `${x + (toX - x) * share} ${y + (toY - y) * share}`;
  };
  const corners = rest.slice(0, -1).map((corner, i) => `L${towards(corner, points[i])}Q${corner.join(' ')} ${towards(corner, points[i + 2])}`);
  return `M${first.join(' ')}${corners.join('')}L${last.join(' ')}`;
}

/** Whether a bot hides a part of the line that goes straight on. @param {Place[]} places @param {Place} a @param {Place} b */
const isHidden = (places, a, b) => places.some(({ x, y }) => x > a.x + NODE.width && x + NODE.width < b.x && y < Math.max(a.y, b.y) + NODE.height / 2 && y + NODE.height / 2 > Math.min(a.y, b.y));

/** The line from one bot to another, round those that are in its way. @param {Place} a @param {Place} b @param {Place[]} places of all bots @returns {Way} */
export function wayTo(a, b, places) {
  const [x1, y1, x2, y2] = [a.x + NODE.width, a.y + NODE.height / 2, b.x, b.y + NODE.height / 2];
  if (x2 > x1 && !isHidden(places, a, b)) return { d: curve(a, b), middle: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 4 } };
  const [out, into] = [x1 + AWAY, x2 - AWAY];
  const y = lane(places, { left: Math.min(out, into), right: Math.max(out, into), y1, y2 });
  return { d: rounded([[x1, y1], [out, y1], [out, y], [into, y], [into, y2], [x2, y2]]), middle: { x: (out + into) / 2, y: y - 4 } };
}
