import { html, useEffect, useElement, useMemo, useState } from '../core/html.js';
import { get, getVersion, put } from '../core/api.js';
import { bind } from '../core/keys.js';
import { encoded } from '../core/router.js';
import { can } from '../core/connection.js';
import { may } from '../core/session.js';
import { counted, t } from '../core/texts.js';
import { Icon } from '../ui/icon.js';
import { Panel, useResource } from '../ui/panel.js';
import { tell, toast } from '../ui/toast.js';
import { Editor } from './editor.js';
import { useRun } from './run.js';
import { Trial } from './trial.js';
import { Said } from '../ui/said.js';

/**
 * @import { Mistake, RuleText } from '../core/types.js'
 * @import { Place } from './editor.js'
 */
/** @typedef {{data: RuleText, etag: string | null}} Opened */

/** Kinds of rules that can be run; the others are only kept. */
const RUN = new Set(['sieve', 'modify']);

/** How many mistakes there are, and whether one of them keeps the bot from starting. @param {{problems: Mistake[], isFatal: boolean}} properties */
function Verdict({ problems, isFatal }) {
  const state = isFatal ? 'failing' : problems.length > 0 ? 'waiting' : 'running';
  return html`<span class=${`state-${state}`}><${Icon} name=${problems.length > 0 ? 'exclamation-triangle-fill' : 'check-lg'} /> ${problems.length === 0 ? t('rules.fine') : counted('rules.problems', problems.length)}</span>`;
}

/** @param {{file: string, opened: Opened, onSaved: () => void}} properties */
function Open({ file, opened, onSaved }) {
  const { data: { kind, text: saved }, etag } = opened;
  const [text, setText] = useState(saved);
  const [place, go] = useState(/** @type {Place | null} */ (null));
  const [chosen, choose] = useState(-1);
  const fields = useResource((signal) => get('harmonization', null, { signal }));
  const canRun = RUN.has(kind) && may('editor');
  const running = useRun(kind, text, canRun);
  const { problems, done } = running;
  const shown = useMemo(() => ({ ways: done?.ways ?? [], chosen: done?.ways[chosen] }), [done, chosen]);
  const isOld = done !== null && done.of !== text;
  const isFatal = problems.some((each) => each.fatal);
  const isReady = can('editor') && !isFatal && text !== saved;
  const reason = useElement(HTMLInputElement);
  const save = async () => {
    if (!isReady) return;
    try {
      await put(`rules/${encoded(file)}`, { text, reason: reason.current.value }, { etag });
      toast(t('rules.saved', { file }));
      onSaved();
    } catch (error) { tell(error); }
  };
  useEffect(() => bind('Ctrl+s', save));
  useEffect(() => (canRun && !isFatal ? bind('Ctrl+Enter', running.run) : undefined));
  return html`<div class=${canRun ? 'rules-file' : ''}><div class="stack">
    <${Editor} text=${saved} kind=${kind} fields=${Object.keys(fields.data?.event ?? {})} goTo=${place} shown=${shown} isOld=${isOld} onChange=${setText} label=${file} />
    <ul aria-live="polite">${problems.map((each) => html`<li class=${each.fatal ? 'state-failing' : 'state-waiting'}><button class="plain" onClick=${() => go({ ...each })}>${t('rules.place', { line: each.line, column: each.column })}</button> <${Said} text=${each.text} /></li>`)}</ul>
    ${may('editor') ? html`<div class="row"><${Verdict} problems=${problems} isFatal=${isFatal} />
      <input ref=${reason} class="grow" aria-label=${t('plan.reason')} placeholder=${t('plan.reason')} /><button class="primary" aria-keyshortcuts="Control+S" disabled=${!isReady} onClick=${save}>${t('save')}</button></div>`
    : html`<p class="muted">${t('rules.look')}</p>`}
  </div>${canRun && html`<${Trial} running=${running} isFatal=${isFatal} isOld=${isOld} chosen=${chosen} onChoose=${choose} onLine=${go} />`}</div>`;
}

/** One file of rules. @param {{file: string}} properties */
export function RulesFile({ file }) {
  const opened = useResource((signal) => getVersion(`rules/${encoded(file)}`, { signal }), [file]);
  return html`<${Panel} of=${opened}>${(/** @type {Opened} */ content) => html`<${Open} file=${file} opened=${content} onSaved=${opened.again} key=${content.etag} />`}<//>`;
}
