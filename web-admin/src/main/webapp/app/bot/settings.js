import { html, useEffect, useState } from '../core/html.js';
import { may } from '../core/session.js';
import { useStore } from '../core/store.js';
import { useStyle } from '../core/style.js';
import { counted, t } from '../core/texts.js';
import { draft, draftedBots, dropDraft, edit, loadDraft, redo, steps, undo } from '../draft/draft.js';
import { Connect } from '../draft/dialogs.js';
import { Meanwhile } from '../draft/meanwhile.js';
import { Parameters } from '../draft/parameters.js';
import { Routes } from '../draft/routes.js';
import { Icon } from '../ui/icon.js';
import { Empty, Failure } from '../ui/panel.js';

/**
 * @import { Failed } from '../core/api.js'
 * @import { Bot, Draft, Edit } from '../core/types.js'
 */

/** How far the draft is, and the way to its plan. @param {{now: Draft, refused: number}} properties */
function Foot({ now, refused }) {
  const { undo: back, redo: forth } = useStore(steps);
  return html`<div class="apply card row"><span class=${refused > 0 ? 'state state-failing' : 'muted'}>${refused > 0 ? counted('draft.problems', refused) : t(now.edits > 0 ? 'draft.saved' : 'draft.unchanged')}</span><span class="grow"></span>
    <button type="button" disabled=${back.length === 0} onClick=${undo}><${Icon} name="arrow-counterclockwise" />${t('draft.undo')}</button>
    <button type="button" disabled=${forth.length === 0} onClick=${redo}><${Icon} name="arrow-clockwise" />${t('draft.redo')}</button>
    <button type="button" disabled=${now.edits === 0} onClick=${dropDraft}>${t('draft.drop')}</button>
    ${now.edits > 0 && html`<a class="button primary" href="/pipeline/draft/plan">${t('draft.plan')}</a>`}</div>`;
}

/** A bot's settings, changed in the draft that the graph shows, too. @param {{bot: Bot}} properties */
export function Settings({ bot }) {
  const isReady = useStyle('/app/pipeline/pipeline.css');
  const now = useStore(draft);
  const [error, setError] = useState(/** @type {Failed | null} */ (null));
  const [isConnecting, connect] = useState(false);
  const load = () => loadDraft().then(() => setError(null), setError);
  useEffect(() => { load(); }, []);
  if (error) return html`<${Failure} error=${error} again=${load} />`;
  if (!isReady || !now) return null;
  const bots = draftedBots(now);
  const drafted = bots.find((each) => each.id === bot.id);
  if (!drafted) return html`<${Empty} text=${t('settings.gone')}><a class="button" href="/pipeline/draft">${t('page.draft')}</a><//>`;
  const refused = now.problems.filter((each) => each.bot === bot.id && each.severity === 'refused').length;
  return html`<div class="settings stack"><h2 class="hidden-text">${t('bot.settings')}</h2><${Meanwhile} />
    ${!may('editor') && html`<p class="note">${t('needs', { role: 'editor' })}</p>`}
    <fieldset class="bare stack" disabled=${!may('editor')}>
      ${drafted.group !== 'Output' && html`<${Routes} bot=${drafted} onConnect=${() => connect(true)} />`}
      <${Parameters} bot=${drafted} now=${now} /></fieldset>
    ${may('editor') && html`<${Foot} now=${now} refused=${refused} />`}
    ${isConnecting && html`<${Connect} bot=${drafted} bots=${bots} onClose=${() => connect(false)} onConnect=${(/** @type {Edit} */ wanted) => edit(wanted).then((isDone) => isDone && connect(false))} />`}
  </div>`;
}
