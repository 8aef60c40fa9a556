import { html, useEffect, useMemo, useRef, useState } from '../core/html.js';
import { bind } from '../core/keys.js';
import { filter, navigate } from '../core/router.js';
import { useStore } from '../core/store.js';
import { counted, t } from '../core/texts.js';
import { Graph } from '../pipeline/graph.js';
import { Icon } from '../ui/icon.js';
import { stateIcon } from '../ui/state.js';
import { Empty } from '../ui/panel.js';
import { AddBot, freeId } from './catalogue.js';
import { Connect, Rename } from './dialogs.js';
import { draftedBots, dropDraft, edit, redo, steps, undo } from './draft.js';
import { BotForm } from './form.js';
import { Palette } from './palette.js';

/**
 * @import { Draft, Edit, Problem } from '../core/types.js'
 * @import { Canvas } from '../pipeline/graph/canvas.js'
 * @import { Positions } from '../pipeline/positions.js'
 * @import { Kind } from './catalogue.js'
 * @import { DraftedBot } from './draft.js'
 */
/** @typedef {'add' | 'connect' | 'rename' | 'duplicate'} Asking the dialog that is open */

const isRefused = (/** @type {Problem} */ problem) => problem.severity === 'refused';

/** @param {{now: Draft, bot?: DraftedBot, open: (dialog: Asking) => void, onRemove: () => void}} properties */
function Tools({ now, bot, open, onRemove }) {
  const { undo: back, redo: forth } = useStore(steps);
  const button = (/** @type {string} */ name, /** @type {string} */ icon, /** @type {() => void} */ act, /** @type {boolean} */ isOff, /** @type {string} */ keys) => html`<button disabled=${isOff} title=${keys} aria-keyshortcuts=${keys} onClick=${act}><${Icon} name=${icon} />${t(`draft.${name}`)}</button>`;
  const refused = now.problems.filter(isRefused).length;
  return html`<div class="tools">
    ${button('add', 'plus-lg', () => open('add'), false, 'a')}${button('connect', 'link-45deg', () => open('connect'), !bot || bot.group === 'Output', 'c')}
    ${button('rename', 'pencil', () => open('rename'), !bot, 'F2')}${button('duplicate', 'copy', () => open('duplicate'), !bot, 'Ctrl+d')}${button('remove', 'trash', onRemove, !bot, 'Delete')}
    ${button('undo', 'arrow-counterclockwise', undo, back.length === 0, 'Ctrl+z')}${button('redo', 'arrow-clockwise', redo, forth.length === 0, 'Ctrl+y')}
    <span class="grow"></span>
    ${refused > 0 && html`<span class="state state-failing"><${Icon} name="exclamation-triangle-fill" />${counted('draft.problems', refused)}</span>`}
    <span class="muted">${now.edits > 0 ? t('draft.saved') : t('draft.unchanged')}</span>
    <button disabled=${now.edits === 0} onClick=${dropDraft}>${t('draft.drop')}</button>
    <a class="button" href="/pipeline">${t('draft.leave')}</a>
    <button class="primary" disabled=${now.edits === 0} onClick=${() => navigate('/pipeline/draft/plan')}>${t('draft.plan')}</button>
  </div>`;
}

/** The draft as a graph to change: everything by key as well as by mouse. @param {{now: Draft, positions: Positions, query: Record<string, string>}} properties */
export function Editor({ now, positions, query }) {
  const [dialog, open] = useState(/** @type {Asking | null} */ (null));
  const bots = useMemo(() => draftedBots(now), [now]);
  const bot = bots.find((each) => each.id === query.bot);
  const choose = (/** @type {string | null} */ id) => filter({ bot: id });
  const close = () => open(null);
  const canvas = useRef(/** @type {Canvas | null} */ (null));
  const ids = bots.map((each) => each.id);
  const add = (/** @type {string} */ id, /** @type {Kind} */ type) => change({ op: 'add', bot: id, value: { module: type.module } });
  /** With a point of the window only if that is in the graph. @param {Kind} type @param {{x: number, y: number}} [at] */
  const drop = (type, at) => {
    const isIn = at && document.elementFromPoint(at.x, at.y)?.closest('.graph');
    if (at && !isIn && bots.length > 0) return;
    const id = freeId(type, ids);
    if (at && isIn && canvas.current) positions.move?.([...canvas.current.places, [id, canvas.current.view.toLayer(at.x, at.y)]]);
    add(id, type);
  };
  const join = (/** @type {string} */ from, /** @type {string} */ to) => edit({ op: 'connect', bot: from, to });
  const removeBot = () => bot && edit({ op: 'remove', bot: bot.id }).then((isDone) => isDone && choose(null));
  const change = async (/** @type {Edit} */ wanted) => {
    const place = positions.places[wanted.bot];
    if (!await edit(wanted)) return;
    close();
    if (wanted.op === 'rename' && wanted.to && place && canvas.current) positions.move?.([...canvas.current.places, [wanted.to, place]]);
    if (wanted.op !== 'connect') choose(wanted.to ?? wanted.bot);
  };
  useEffect(() => {
    const needing = (/** @type {Asking} */ name) => () => { if (bot) open(name); };
    const keys = { a: () => open('add'), c: needing('connect'), F2: needing('rename'), 'Ctrl+d': needing('duplicate'), Delete: removeBot, Escape: () => choose(null), 'Ctrl+z': undo, 'Ctrl+y': redo, 'Ctrl+Shift+z': redo };
    const unbind = Object.entries(keys).map(([key, act]) => bind(key, act));
    return () => unbind.forEach((each) => each());
  }, [bot?.id]);
  const accepts = useMemo(() => () => true, []);
  const figures = (/** @type {DraftedBot} */ { id, name, enabled }) => {
    const wrong = now.problems.filter((each) => each.bot === id && isRefused(each)).length;
    const condition = wrong > 0 ? 'failing' : enabled ? 'drafted' : 'disabled';
    const more = wrong > 0 ? counted('draft.problems', wrong) : '';
    return { condition, icon: stateIcon(condition), rate: name ?? '', more, events: 0, label: [id, name, more].filter(Boolean).join(' ') };
  };
  return html`<div class="pipeline editing"><h1 class="hidden-text">${t('page.draft')}</h1>
    <${Tools} now=${now} bot=${bot} open=${open} onRemove=${removeBot} />
    <div class="body"><${Palette} onAdd=${drop} />${bots.length === 0 ? html`<${Empty} icon="diagram-3" text=${t('pipeline.empty')}><button class="primary" onClick=${() => open('add')}>${t('draft.add')}</button><//>`
      : html`<${Graph} bots=${bots} positions=${positions.places} onMove=${positions.move} onConnect=${join} canvas=${canvas} accepts=${accepts} chosen=${query.bot} onChoose=${choose} onOpen=${choose} figures=${figures} />`}
      ${bot && html`<${BotForm} bot=${bot} now=${now} key=${bot.id} onConnect=${() => open('connect')} onClose=${() => choose(null)} />`}</div>
    ${dialog === 'add' && html`<${AddBot} ids=${ids} onClose=${close} onAdd=${add} />`}
    ${bot && dialog === 'connect' && html`<${Connect} bot=${bot} bots=${bots} onClose=${close} onConnect=${change} />`}
    ${bot && (dialog === 'rename' || dialog === 'duplicate') && html`<${Rename} bot=${bot} op=${dialog} ids=${ids} onClose=${close} onDone=${change} />`}
  </div>`;
}
