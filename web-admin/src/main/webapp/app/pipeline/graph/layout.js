import { layered } from './layers.js';

/**
 * @import { Place } from '../positions.js'
 * @import { Targets } from './layers.js'
 */
/** @typedef {ReturnType<typeof layered>} Laid */

export const NODE = { width: 216, height: 64, gapX: 56, gapY: 20 };
const STEP = { x: NODE.width + NODE.gapX, y: NODE.height + NODE.gapY };
const GROUP_GAP = 1;
/** What a window of 1440×900 has for the graph. */
const ROOM = { width: 1190, height: 720 };
/** How much larger everything must get for long chains to be wrapped: a line is easier to follow. */
const WORTH = 1.2;
const LEAST_COLUMNS = 3;

/** The bots that hang together, each as a list of ids. @param {string[]} ids @param {Targets} targets */
export function groups(ids, targets) {
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

/** What has more columns than that goes on below, as a text does at the end of a line. @param {Laid} laid @param {number} most @returns {Laid} */
function wrap(laid, most) {
  if (laid.columns <= most) return laid;
  const bands = Math.ceil(laid.columns / most);
  const columns = Math.ceil(laid.columns / bands);
  const places = new Map();
  let top = 0;
  for (let band = 0; band < bands; band++) {
    const inside = [...laid.places].filter(([, { column }]) => Math.floor(column / columns) === band);
    const rows = inside.map(([, { row }]) => row);
    const first = Math.min(...rows);
    inside.forEach(([id, { column, row }]) => places.set(id, { column: column % columns, row: row - first + top }));
    top += Math.max(...rows) - first + 1 + GROUP_GAP;
  }
  return { places, columns, rows: top - GROUP_GAP };
}

/** Puts boxes of cells into shelves about as wide as `shape` times their height, without empty screens between them. @param {Laid[]} boxes @param {number} shape */
function pack(boxes, shape) {
  const area = boxes.reduce((sum, box) => sum + (box.columns + GROUP_GAP) * (box.rows + GROUP_GAP), 0);
  const widest = Math.max(Math.ceil(Math.sqrt(area * shape)), ...boxes.map((box) => box.columns));
  let column = 0;
  let row = 0;
  let height = 0;
  const packed = [...boxes].sort((a, b) => b.rows - a.rows).map((box) => {
    if (column + box.columns > widest) {
      column = 0;
      row += height + GROUP_GAP;
      height = 0;
    }
    const place = { box, column, row };
    column += box.columns + GROUP_GAP;
    height = Math.max(height, box.rows);
    return place;
  });
  const columns = Math.max(...packed.map((each) => each.column + each.box.columns));
  return { packed, scale: Math.min(1, ROOM.width / (columns * STEP.x), ROOM.height / ((row + height) * STEP.y)) };
}

/** As large as it can be seen all at once. @param {Laid[]} boxes */
function packLarge(boxes) {
  const shape = (STEP.y / STEP.x) * 2;
  const flat = pack(boxes, shape);
  let best = flat;
  for (let most = Math.max(...boxes.map((box) => box.columns)) - 1; most >= LEAST_COLUMNS; most--) {
    const wrapped = pack(boxes.map((box) => wrap(box, most)), shape);
    if (wrapped.scale > best.scale) best = wrapped;
  }
  return best.scale >= flat.scale * WORTH ? best.packed : flat.packed;
}

const overlaps = (/** @type {Place} */ a, /** @type {Place} */ b) => Math.abs(a.x - b.x) < NODE.width + NODE.gapY && Math.abs(a.y - b.y) < NODE.height + NODE.gapY / 2;

/**
 * Saved places, and for each bot without one a free cell by those that it is connected with.
 * @param {string[]} ids @param {Targets} targets @param {Map<string, Place>} wished @param {Record<string, Place>} saved
 */
function besides(ids, targets, wished, saved) {
  const places = new Map(ids.filter((id) => saved[id]).map((id) => [id, saved[id]]));
  const open = ids.filter((id) => !saved[id]);
  const before = new Map(ids.map((id) => [id, ids.filter((other) => targets.get(other)?.includes(id))]));
  const placed = (/** @type {string[] | undefined} */ near) => places.get(near?.find((other) => places.has(other)) ?? '');
  while (open.length > 0) {
    const i = Math.max(0, open.findIndex((id) => placed(before.get(id)) ?? placed(targets.get(id))));
    const [id] = open.splice(i, 1);
    const source = placed(before.get(id));
    const target = placed(targets.get(id));
    const place = source ? { x: source.x + STEP.x, y: source.y } : target ? { x: target.x - STEP.x, y: target.y } : { x: 0, y: 0, ...wished.get(id) };
    const taken = [...places.values()];
    while (taken.some((other) => overlaps(place, other))) place.y += STEP.y;
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
  const wished = new Map();
  for (const { box, column: left, row: top } of packLarge(groups(ids, targets).map((group) => layered(group, targets)))) {
    for (const [id, { column, row }] of box.places) wished.set(id, { x: (left + column) * STEP.x, y: (top + row) * STEP.y });
  }
  return ids.some((id) => saved[id]) ? besides(ids, targets, wished, saved) : wished;
}
