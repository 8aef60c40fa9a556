import { layered } from './layers.js';

export const NODE = { width: 216, height: 64, gapX: 56, gapY: 20 };
const GROUP_GAP = 1;

/** The bots that hang together, each as a list of ids. */
function groups(ids, targets) {
  const near = new Map(ids.map((id) => [id, new Set(targets.get(id))]));
  ids.forEach((id) => targets.get(id).forEach((target) => near.get(target).add(id)));
  const seen = new Set();
  return ids.flatMap((id) => {
    if (seen.has(id)) return [];
    const group = [];
    const open = [id];
    seen.add(id);
    while (open.length > 0) {
      const next = open.pop();
      group.push(next);
      near.get(next).forEach((each) => { if (!seen.has(each)) { seen.add(each); open.push(each); } });
    }
    return [group.sort((a, b) => ids.indexOf(a) - ids.indexOf(b))];
  });
}

/** Puts boxes of cells into shelves about as wide as `shape` times their height, without empty screens between them. */
function pack(boxes, shape) {
  const area = boxes.reduce((sum, box) => sum + (box.columns + GROUP_GAP) * (box.rows + GROUP_GAP), 0);
  const widest = Math.max(Math.ceil(Math.sqrt(area * shape)), ...boxes.map((box) => box.columns));
  let column = 0;
  let row = 0;
  let height = 0;
  for (const box of [...boxes].sort((a, b) => b.rows - a.rows)) {
    if (column + box.columns > widest) {
      column = 0;
      row += height + GROUP_GAP;
      height = 0;
    }
    box.column = column;
    box.row = row;
    column += box.columns + GROUP_GAP;
    height = Math.max(height, box.rows);
  }
}

const overlaps = (a, b) => Math.abs(a.x - b.x) < NODE.width + NODE.gapY && Math.abs(a.y - b.y) < NODE.height + NODE.gapY / 2;

/** Saved places, and for each bot without one a free cell by those that it is connected with. */
function besides(ids, targets, wished, saved) {
  const places = new Map(ids.filter((id) => saved[id]).map((id) => [id, saved[id]]));
  const open = ids.filter((id) => !saved[id]);
  const before = new Map(ids.map((id) => [id, ids.filter((other) => targets.get(other).includes(id))]));
  const stepX = NODE.width + NODE.gapX;
  while (open.length > 0) {
    const i = Math.max(0, open.findIndex((id) => [...before.get(id), ...targets.get(id)].some((other) => places.has(other))));
    const [id] = open.splice(i, 1);
    const source = places.get(before.get(id).find((other) => places.has(other)));
    const target = places.get(targets.get(id).find((other) => places.has(other)));
    const place = source ? { x: source.x + stepX, y: source.y } : target ? { x: target.x - stepX, y: target.y } : { ...wished.get(id) };
    const taken = [...places.values()];
    while (taken.some((other) => overlaps(place, other))) place.y += NODE.height + NODE.gapY;
    places.set(id, place);
  }
  return places;
}

/**
 * Where each bot stands, in pixels. Saved places win; a new bot takes a free place by its neighbours.
 * @param {{id: string, targets: string[]}[]} bots
 * @param {Record<string, {x: number, y: number}>} saved
 * @returns {Map<string, {x: number, y: number}>}
 */
export function layout(bots, saved = {}) {
  if (bots.length === 0) return new Map();
  const ids = bots.map((bot) => bot.id);
  const known = new Set(ids);
  const targets = new Map(bots.map((bot) => [bot.id, [...new Set(bot.targets)].filter((target) => known.has(target) && target !== bot.id)]));
  const boxes = groups(ids, targets).map((group) => layered(group, targets));
  pack(boxes, (NODE.height + NODE.gapY) / (NODE.width + NODE.gapX) * 2);
  const wished = new Map();
  for (const box of boxes) {
    for (const [id, { column, row }] of box.places) {
      wished.set(id, { x: (box.column + column) * (NODE.width + NODE.gapX), y: (box.row + row) * (NODE.height + NODE.gapY) });
    }
  }
  return ids.some((id) => saved[id]) ? besides(ids, targets, wished, saved) : wished;
}
