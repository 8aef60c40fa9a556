// Layers of a directed graph, left to right (Sugiyama): edges that close a circle are turned round, every node stands behind all it
// gets something from, long edges get a bend in each layer they cross, and the order within a layer follows the neighbours.

/**
 * A place of a layer; one without `id` is a bend, shared by all edges to the same node.
 * @typedef {{id?: string, next: Cell[], before: Cell[], layer: number, row: number, wish: number}} Cell
 * @typedef {Map<string, string[]>} Targets of each id
 */

const SWEEPS = 12;

/** @param {string[]} ids @param {Targets} targets @returns {Targets} */
function withoutCircles(ids, targets) {
  const state = new Map();
  const forward = new Map(ids.map((id) => [id, /** @type {string[]} */ ([])]));
  const visit = (/** @type {string} */ id) => {
    state.set(id, 1);
    for (const target of targets.get(id) ?? []) {
      if (state.get(target) === 1) forward.get(target)?.push(id);
      else forward.get(id)?.push(target);
      if (!state.has(target)) visit(target);
    }
    state.set(id, 2);
  };
  ids.forEach((id) => { if (!state.has(id)) visit(id); });
  return forward;
}

/** How many steps each is behind the first. @param {string[]} ids @param {Targets} forward @returns {Map<string, number>} */
function depths(ids, forward) {
  /** @type {Map<string, number>} */
  const depth = new Map();
  const incoming = new Map(ids.map((id) => [id, 0]));
  ids.forEach((id) => forward.get(id)?.forEach((target) => incoming.set(target, (incoming.get(target) ?? 0) + 1)));
  const ready = ids.filter((id) => incoming.get(id) === 0);
  ready.forEach((id) => depth.set(id, 0));
  // grows while it is gone through
  for (const id of ready) {
    for (const target of forward.get(id) ?? []) {
      depth.set(target, Math.max(depth.get(target) ?? 0, (depth.get(id) ?? 0) + 1));
      const open = (incoming.get(target) ?? 0) - 1;
      incoming.set(target, open);
      if (open === 0) ready.push(target);
    }
  }
  return depth;
}

/** @param {string[]} ids @param {Targets} forward @param {Map<string, number>} depth @returns {Cell[][]} by layer */
function cellsOf(ids, forward, depth) {
  const layers = Array.from({ length: Math.max(...depth.values()) + 1 }, () => /** @type {Cell[]} */ ([]));
  /** @type {Map<string, Cell>} */
  const cells = new Map();
  const cellOf = (/** @type {string} */ key, /** @type {number} */ layer, /** @type {string | undefined} */ id) => {
    const found = cells.get(key);
    if (found) return found;
    const cell = { id, next: [], before: [], layer, row: 0, wish: 0 };
    cells.set(key, cell);
    layers[layer].push(cell);
    return cell;
  };
  const node = (/** @type {string} */ id) => cellOf(id, depth.get(id) ?? 0, id);
  ids.forEach(node);
  const join = (/** @type {Cell} */ a, /** @type {Cell} */ b) => { if (!a.next.includes(b)) { a.next.push(b); b.before.push(a); } };
  for (const id of ids) {
    for (const target of forward.get(id) ?? []) {
      let from = node(id);
      for (let layer = from.layer + 1; layer < node(target).layer; layer++) {
        const bend = cellOf(`${layer} ${target}`, layer, undefined);
        join(from, bend);
        from = bend;
      }
      join(from, node(target));
    }
  }
  return layers;
}

const middle = (/** @type {Cell[]} */ cells) => cells.reduce((sum, cell) => sum + cell.row, 0) / cells.length;

/** @param {Cell[][]} layers */
function order(layers) {
  layers.forEach((layer) => layer.forEach((cell, row) => { cell.row = row; }));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isForward = sweep % 2 === 0;
    for (const layer of isForward ? layers : [...layers].reverse()) {
      const neighbours = isForward ? 'before' : 'next';
      layer.forEach((cell) => { cell.wish = cell[neighbours].length > 0 ? middle(cell[neighbours]) : cell.row; });
      layer.sort((a, b) => a.wish - b.wish);
      layer.forEach((cell, row) => { cell.row = row; });
    }
  }
  return layers;
}

/** Moves cells towards their neighbours as far as the order leaves room, within the height of the longest layer. @param {Cell[][]} layers */
function straighten(layers) {
  const height = Math.max(...layers.map((layer) => layer.length));
  layers.forEach((layer) => layer.forEach((cell, i) => { cell.row = i + (height - layer.length) / 2; }));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const layer of sweep % 2 === 0 ? layers : [...layers].reverse()) {
      const wishes = layer.map((cell) => { const near = [...cell.before, ...cell.next]; return near.length > 0 ? middle(near) : cell.row; });
      let lowest = -1;
      const down = wishes.map((wish, i) => { lowest = Math.min(Math.max(wish, lowest + 1), height - layer.length + i); return lowest; });
      let highest = height;
      for (let i = layer.length - 1; i >= 0; i--) {
        highest = Math.max(Math.min(wishes[i], highest - 1), i);
        layer[i].row = (down[i] + highest) / 2;
      }
      for (let i = 1; i < layer.length; i++) layer[i].row = Math.max(layer[i].row, layer[i - 1].row + 1);
    }
  }
}

/**
 * @param {string[]} ids
 * @param {Map<string, string[]>} targets of each id, all among `ids`
 * @returns {{places: Map<string, {column: number, row: number}>, columns: number, rows: number}}
 */
export function layered(ids, targets) {
  const forward = withoutCircles(ids, targets);
  const layers = order(cellsOf(ids, forward, depths(ids, forward)));
  straighten(layers);
  const places = new Map();
  let rows = 0;
  for (const layer of layers) {
    for (const cell of layer) {
      if (cell.id) places.set(cell.id, { column: cell.layer, row: cell.row });
      rows = Math.max(rows, cell.row + 1);
    }
  }
  return { places, columns: layers.length, rows };
}
