/**
 * @import { RangeSet, StateEffectType, Text, Transaction } from '@codemirror/state'
 * @import { DecorationSet, EditorView, GutterMarker } from '@codemirror/view'
 * @import { RuleStep, RuleWay } from '../core/types.js'
 * @import { Libraries } from './editor.js'
 */
/**
 * What a run has shown: all events' ways, and the one of them that is looked at.
 * @typedef {{ways: RuleWay[], chosen: RuleWay | undefined}} Shown
 * @typedef {{hits: RangeSet<GutterMarker>, way: DecorationSet}} Marks
 */

/** For each line that was reached: how many events met its condition, or were changed or sent there. @param {RuleWay[]} ways @returns {Map<number, number>} */
export function countHits(ways) {
  const hits = new Map();
  for (const { steps } of ways) {
    const once = new Map();
    for (const { line, matched } of steps) once.set(line, once.get(line) || matched !== false);
    for (const [line, isHit] of once) hits.set(line, (hits.get(line) ?? 0) + (isHit ? 1 : 0));
  }
  return hits;
}

/** @param {RuleStep[]} steps @returns {Map<number, string>} */
const kinds = (steps) => new Map(steps.map(({ line, matched }) => [line, matched === false ? 'cm-missed' : 'cm-met']));

/**
 * Marks beside and behind the lines. They move with the text as it is edited.
 * @param {Libraries} cm
 */
export function marks(cm) {
  class Hits extends cm.GutterMarker {
    constructor(/** @type {number} */ n) { super(); this.n = n; }
    eq(/** @type {Hits} */ other) { return other.n === this.n; }
    toDOM() { return Object.assign(document.createElement('span'), { textContent: `${this.n}×`, className: this.n === 0 ? 'cm-none' : '' }); }
  }
  const show = /** @type {StateEffectType<Marks>} */ (/** @type {unknown} */ (cm.StateEffect.define()));
  const field = cm.StateField.define({
    create: () => /** @type {Marks} */ ({ hits: cm.RangeSet.empty, way: cm.Decoration.none }),
    update(/** @type {Marks} */ { hits, way }, /** @type {Transaction} */ { changes, effects }) {
      const shown = effects.find((effect) => effect.is(show));
      return shown ? shown.value : { hits: hits.map(changes), way: way.map(changes) };
    },
    provide: (of) => cm.EditorView.decorations.from(of, (now) => now.way),
  });
  const lines = (/** @type {Text} */ doc, /** @type {Map<number, any>} */ of) => [...of].filter(([line]) => line >= 1 && line <= doc.lines);
  return {
    extension: [field, cm.gutter({ class: 'cm-hits', markers: (view) => view.state.field(field).hits, initialSpacer: () => new Hits(100) })],
    /** @param {EditorView} view @param {Shown} shown */
    show(view, { ways, chosen }) {
      const { doc } = view.state;
      view.dispatch({ effects: show.of({
        hits: cm.RangeSet.of(lines(doc, countHits(ways)).map(([line, n]) => new Hits(n).range(doc.line(line).from)), true),
        way: cm.RangeSet.of(lines(doc, kinds(chosen?.steps ?? [])).map(([line, kind]) => cm.Decoration.line({ class: kind }).range(doc.line(line).from)), true),
      }) });
    },
  };
}
