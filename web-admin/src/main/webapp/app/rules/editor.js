import { html, useEffect, useElement, useRef } from '../core/html.js';

/**
 * @import { CompletionContext } from '@codemirror/autocomplete'
 * @import { StringStream } from '@codemirror/language'
 * @import { EditorView } from '@codemirror/view'
 */
/** @typedef {Awaited<ReturnType<typeof libraries>>} Libraries @typedef {{line: number, column?: number}} Place from 1 */

/** The editor's libraries, loaded with the first file that is opened. */
async function libraries() {
  const [state, view, commands, language, autocomplete, highlight] = await Promise.all([import('@codemirror/state'), import('@codemirror/view'), import('@codemirror/commands'), import('@codemirror/language'), import('@codemirror/autocomplete'), import('@lezer/highlight')]);
  return { ...state, ...view, ...commands, ...language, ...autocomplete, tags: highlight.tags };
}

const KEYWORDS = new Set(['if', 'elif', 'else', 'drop', 'keep', 'path', 'add', 'add!', 'update', 'remove', 'modify', 'and', 'or', 'not']);

/** Sieve, word by word: enough for colours. */
const sieve = {
  token(/** @type {StringStream} */ stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^\/\/.*|^#.*/) || stream.match(/^\/\*[\s\S]*?\*\//)) return 'comment';
    if (stream.match(/^'(?:[^'\\]|\\.)*'|^"(?:[^"\\]|\\.)*"/)) return 'string';
    if (stream.match(/^-?\d+(?:\.\d+)?/)) return 'number';
    if (stream.match(/^:\w+/)) return 'keyword';
    if (stream.match(/^[A-Za-z_][\w.]*!?/)) return KEYWORDS.has(stream.current()) ? 'keyword' : 'propertyName';
    stream.next();
    return null;
  },
};

/** Colours of the page, so that the editor is dark where the page is. */
const colours = (/** @type {Libraries} */ cm) => [
  cm.syntaxHighlighting(cm.HighlightStyle.define([{ tag: cm.tags.keyword, color: 'var(--accent)', fontWeight: '600' }, { tag: cm.tags.string, color: 'var(--ok)' },
    { tag: cm.tags.number, color: 'var(--held)' }, { tag: cm.tags.comment, color: 'var(--muted)', fontStyle: 'italic' }])),
  cm.EditorView.theme({ '.cm-content': { caretColor: 'var(--text)' }, '.cm-cursor': { borderLeftColor: 'var(--text)' },
    '.cm-gutters': { background: 'var(--raised)', color: 'var(--muted)', border: 'none' }, '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { background: 'var(--selected) !important' },
    '.cm-tooltip': { background: 'var(--raised)', color: 'var(--text)', border: '1px solid var(--border)' } })];

/** @param {Libraries} cm @param {{kind: string, fields: {current: string[]}, onChange: {current: (text: string) => void}}} of */
function extensions(cm, { kind, fields, onChange }) {
  const complete = (/** @type {CompletionContext} */ { pos, state }) => {
    const word = /[\w.]*$/.exec(state.sliceDoc(Math.max(0, pos - 80), pos))?.[0];
    return word ? { from: pos - word.length, options: fields.current.map((label) => ({ label, type: 'property' })) } : null;
  };
  return [cm.lineNumbers(), cm.history(), cm.drawSelection(), cm.bracketMatching(), cm.keymap.of([...cm.defaultKeymap, ...cm.historyKeymap]), cm.EditorView.lineWrapping, colours(cm),
    kind === 'sieve' ? cm.StreamLanguage.define(sieve) : [], cm.autocompletion({ override: [complete] }),
    cm.EditorView.updateListener.of((update) => { if (update.docChanged) onChange.current(update.state.doc.toString()); })];
}

/**
 * A text editor. It lives in a shadow tree: its style sheets go there, where the page's policy allows them.
 * @param {{text: string, kind: string, fields: string[], goTo: Place | null, onChange: (text: string) => void, label: string}} properties
 */
export function Editor({ text, kind, fields, goTo, onChange, label }) {
  const host = useElement(HTMLElement);
  const view = useRef(/** @type {EditorView | null} */ (null));
  const latest = { fields: useRef(fields), onChange: useRef(onChange) };
  latest.fields.current = fields;
  latest.onChange.current = onChange;
  useEffect(() => {
    let isGone = false;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    libraries().then((cm) => {
      if (isGone) return;
      const parent = root.appendChild(document.createElement('div'));
      const made = new cm.EditorView({ doc: text, parent, root, extensions: extensions(cm, { kind, ...latest }) });
      made.contentDOM.setAttribute('aria-label', label);
      view.current = made;
    });
    return () => { isGone = true; view.current?.destroy(); root.replaceChildren(); };
  }, []);
  useEffect(() => {
    if (!goTo || !view.current) return;
    const line = view.current.state.doc.line(Math.min(goTo.line, view.current.state.doc.lines));
    view.current.dispatch({ selection: { anchor: Math.min(line.to, line.from + Math.max(0, (goTo.column ?? 1) - 1)) }, scrollIntoView: true });
    view.current.focus();
  }, [goTo]);
  return html`<div class="editor" ref=${host}></div>`;
}
