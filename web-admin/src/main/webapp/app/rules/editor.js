import { html, useEffect, useElement, useRef } from '../core/html.js';
import { marks } from './marks.js';
import { modes, SIEVE_WORDS } from './modes.js';

/**
 * @import { CompletionContext } from '@codemirror/autocomplete'
 * @import { EditorView } from '@codemirror/view'
 * @import { Shown } from './marks.js'
 */
/** @typedef {Awaited<ReturnType<typeof libraries>>} Libraries @typedef {{line: number, column?: number}} Place from 1 */

/** The editor's libraries, loaded with the first file that is opened. */
async function libraries() {
  const [state, view, commands, language, autocomplete, highlight] = await Promise.all([import('@codemirror/state'), import('@codemirror/view'), import('@codemirror/commands'), import('@codemirror/language'), import('@codemirror/autocomplete'), import('@lezer/highlight')]);
  return { ...state, ...view, ...commands, ...language, ...autocomplete, tags: highlight.tags };
}

/** Colours of the page, so that the editor is dark where the page is. */
const colours = (/** @type {Libraries} */ cm) => [
  cm.syntaxHighlighting(cm.HighlightStyle.define([{ tag: cm.tags.keyword, color: 'var(--accent)', fontWeight: '600' }, { tag: cm.tags.string, color: 'var(--ok)' },
    { tag: cm.tags.number, color: 'var(--held)' }, { tag: cm.tags.comment, color: 'var(--muted)', fontStyle: 'italic' }])),
  cm.EditorView.theme({ '.cm-content': { caretColor: 'var(--text)' }, '.cm-cursor': { borderLeftColor: 'var(--text)' },
    '.cm-gutters': { background: 'var(--raised)', color: 'var(--muted)', border: 'none' }, '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { background: 'var(--selected) !important' },
    '.cm-content, .cm-gutter': { minHeight: '318px' }, '.cm-hits': { minWidth: '40px', padding: '0 6px', textAlign: 'right', fontWeight: '600', color: 'var(--ok)', opacity: 'var(--marks)' }, '.cm-hits .cm-none': { fontWeight: '400', color: 'var(--muted)' },
    '.cm-met': { background: 'var(--selected)', boxShadow: 'inset 3px 0 var(--ok)' }, '.cm-missed': { boxShadow: 'inset 3px 0 var(--idle)' },
    '.cm-tooltip': { background: 'var(--raised)', color: 'var(--text)', border: '1px solid var(--border)' } })];

/** @param {Libraries} cm @param {{kind: string, fields: {current: string[]}, onChange: {current: (text: string) => void}}} of */
function extensions(cm, { kind, fields, onChange }) {
  const complete = (/** @type {CompletionContext} */ { pos, state }) => {
    const word = /[\w.]*$/.exec(state.sliceDoc(Math.max(0, pos - 80), pos))?.[0];
    const words = kind === 'sieve' ? SIEVE_WORDS.map((label) => ({ label, type: 'keyword' })) : [];
    return word ? { from: pos - word.length, options: [...fields.current.map((label) => ({ label, type: 'property' })), ...words] } : null;
  };
  // that key runs the rules; here it would add a line
  const notHere = { key: 'Mod-Enter', run: () => true };
  return [cm.lineNumbers(), cm.history(), cm.drawSelection(), cm.bracketMatching(), cm.keymap.of([notHere, ...cm.defaultKeymap, ...cm.historyKeymap]), cm.EditorView.lineWrapping, colours(cm),
    modes[kind] ? cm.StreamLanguage.define(modes[kind]) : [], cm.autocompletion({ override: [complete] }),
    cm.EditorView.updateListener.of((update) => { if (update.docChanged) onChange.current(update.state.doc.toString()); })];
}

/**
 * A text editor. It lives in a shadow tree: its style sheets go there, where the page's policy allows them.
 * @param {{text: string, kind: string, fields: string[], goTo: Place | null, shown: Shown, isOld: boolean, onChange: (text: string) => void, label: string}} properties
 *   isOld: the text is another than that of the run that is shown
 */
export function Editor({ text, kind, fields, goTo, shown, isOld, onChange, label }) {
  const host = useElement(HTMLElement);
  const view = useRef(/** @type {EditorView | null} */ (null));
  const marked = useRef(/** @type {ReturnType<typeof marks> | null} */ (null));
  const latest = { fields: useRef(fields), onChange: useRef(onChange), shown: useRef(shown) };
  latest.fields.current = fields;
  latest.onChange.current = onChange;
  latest.shown.current = shown;
  const mark = () => { if (view.current) marked.current?.show(view.current, latest.shown.current); };
  useEffect(() => {
    let isGone = false;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    libraries().then((cm) => {
      if (isGone) return;
      const parent = root.appendChild(document.createElement('div'));
      marked.current = marks(cm);
      const made = new cm.EditorView({ doc: text, parent, root, extensions: [extensions(cm, { kind, ...latest }), marked.current.extension] });
      made.contentDOM.setAttribute('aria-label', label);
      view.current = made;
      mark();
    });
    return () => { isGone = true; view.current?.destroy(); root.replaceChildren(); };
  }, []);
  useEffect(mark, [shown]);
  useEffect(() => {
    if (!goTo || !view.current) return;
    const line = view.current.state.doc.line(Math.min(goTo.line, view.current.state.doc.lines));
    view.current.dispatch({ selection: { anchor: Math.min(line.to, line.from + Math.max(0, (goTo.column ?? 1) - 1)) }, scrollIntoView: true });
    view.current.focus();
  }, [goTo]);
  return html`<div class=${`editor ${isOld ? 'old' : ''}`} ref=${host}></div>`;
}
