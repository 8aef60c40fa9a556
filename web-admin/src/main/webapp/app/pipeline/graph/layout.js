import { layered } from './layers.js';

/**
 * @import { Place } from '../positions.js'
 * @import { Targets } from './layers.js'
 */
/** @typedef {ReturnType<typeof layered>} Laid */

export const NODE = { width: 216, height: 64, gapX: 56, gapY: 20 };
const GROUP_GAP = 1;

/** The bots that hang together, each as a list of ids. @param {string[]} ids @param {Targets} targets */
function groups(ids, targets) {
  const near = new Map(ids.map((id) => [id, new Set(targets.get(id))]));
  ids.forEach((id) => targets.get(id)?.forEach((target) => near.get(target)?.add(id)));
  const seen = new Set();
  return ids.flatMap((id) => {
    if (seen.has(id)) return [];
    const group = [id];
    seen.add(id);
    // grows while it is gone through
    for (const next of group) near.get(next)?.forEach((each) => { if (!seen.has(each)) { seen.add(each); group.push(each); } });
    return [group.sort((a, b) => ids.indexOf(a) - ids.indexOf(b))];
  });
}

/** Puts boxes of cells into shelves about as wide as `shape` times their height, without empty screens between them. @param {Laid[]} boxes @param {number} shape @returns {{box: Laid, column: number, row: number}[]} */
function pack(boxes, shape) {
  const area = boxes.reduce((sum, box) => sum + (box.columns + GROUP_GAP) * (box.rows + GROUP_GAP), 0);
  const widest = Math.max(Math.ceil(Math.sqrt(area * shape)), ...boxes.map((box) => box.columns));
  let column = 0;
  let row = 0;
  let height = 0;
  return [...boxes].sort((a, b) => b.rows - a.rows).map((box) => {
    if (column + box.columns > widest) {
      column = 0;
      row += height + GROUP_GAP;
      height = 0;
    }
    const packed = { box, column, row };
    column += box.columns + GROUP_GAP;
    height = Math.max(height, box.rows);
    return packed;
  });
}

const overlaps = (/** @type {Place} */ a, /** @type {Place} */ b) => Math.abs(a.x - b.x) < NODE.width + NODE.gapY && Math.abs(a.y - b.y) < NODE.height + NODE.gapY / 2;

/** Saved places, and for each bot without one a free cell by those that it is connected with. @param {string[]} ids @param {Targets} targets @param {Map<string, Place>} wished @param {Record<string, Place>} saved */
function besides(ids, targets, wished, saved) {
  const places = new Map(ids.filter((id) => saved[id]).map((id) => [id, saved[id]]));
  const open = ids.filter((id) => !saved[id]);
  const before = new Map(ids.map((id) => [id, ids.filter((other) => targets.get(other)?.includes(id))]));
  const stepX = NODE.width + NODE.gapX;
  const placed = (/** @type {string[] | undefined} */ near) => places.get(near?.find((other) => places.has(other)) ?? '');
  while (open.length > 0) {
    const i = Math.max(0, open.findIndex((id) => placed(before.get(id)) ?? placed(targets.get(id))));
    const [id] = open.splice(i, 1);
    const source = placed(before.get(id));
    const target = placed(targets.get(id));
    const place = source ? { x: source.x + stepX, y: source.y } : target ? { x: target.x - stepX, y: target.y } : { x: 0, y: 0, ...wished.get(id) };
    const taken = [...places.values()];
    while (taken.some((other) => overlaps(place, other))) place.y += NODE.height + NODE.gapY;
    places.set(id, place);
  }
  return places;
}

/**
 * Where each bot stands, in pixels. Saved places win; a new bot takes a free place by its neighbours.
 * @param {{id: string, targets: string[]}[]} bots
 * @param {Record<string, Place>} saved
 * @returns {Map<string, Place>}
 */
export function layout(bots, saved = {}) {
  if (bots.length === 0) return new Map();
  const ids = bots.map((bot) => bot.id);
  const known = new Set(ids);
  const targets = new Map(bots.map((bot) => [bot.id, [...new Set(bot.targets)].filter((target) => known.has(target) && target !== bot.id)]));
  const boxes = groups(ids, targets).map((group) => layered(group, targets));
  const packed = pack(boxes, (NODE.height + NODE.gapY) / (NODE.width + NODE.gapX) * 2);
  const wished = new Map();
  for (const { box, column: left, row: top } of packed) {
    for (const [id, { column, row }] of box.places) {
      wished.set(id, { x: (left + column) * (NODE.width + NODE.gapX), y: (top + row) * (NODE.height + NODE.gapY) });
    }
  }
  return ids.some((id) => saved[id]) ? besides(ids, targets, wished, saved) : wished;
}
