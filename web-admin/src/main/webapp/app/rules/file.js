import { html, useEffect, useElement, useState } from '../core/html.js';
import { get, getVersion, post, put } from '../core/api.js';
import { bind } from '../core/keys.js';
import { encoded } from '../core/router.js';
import { can } from '../core/connection.js';
import { counted, t } from '../core/texts.js';
import { Icon } from '../ui/icon.js';
import { Panel, useResource } from '../ui/panel.js';
import { tell, toast } from '../ui/toast.js';
import { Editor } from './editor.js';
import { Trial } from './trial.js';
import { Said } from '../ui/said.js';

/**
 * @import { Mistake, RuleText } from '../core/types.js'
 * @import { Place } from './editor.js'
 */
/** @typedef {{data: RuleText, etag: string | null}} Opened */

const PAUSE = 500;

/** What is wrong with a text, checked when typing pauses. @param {string} kind @param {string} text */
function useChecks(kind, text) {
  const [problems, setProblems] = useState(/** @type {Mistake[]} */ ([]));
  useEffect(() => {
    const timer = setTimeout(() => post('rules/check', { kind, text }).then(setProblems, tell), PAUSE);
    return () => clearTimeout(timer);
  }, [kind, text]);
  return problems;
}

/** @param {{file: string, opened: Opened, onSaved: () => void}} properties */
function Open({ file, opened, onSaved }) {
  const { data: { kind, text: saved }, etag } = opened;
  const [text, setText] = useState(saved);
  const [place, go] = useState(/** @type {Place | null} */ (null));
  const fields = useResource((signal) => get('harmonization', null, { signal }));
  const problems = useChecks(kind, text);
  const reason = useElement(HTMLInputElement);
  const save = async () => {
    try {
      await put(`rules/${encoded(file)}`, { text, reason: reason.current.value }, { etag });
      toast(t('rules.saved', { file }));
      onSaved();
    } catch (error) { tell(error); }
  };
  useEffect(() => bind('Ctrl+s', save));
  return html`<div class="rules-file"><div class="stack">
    <${Editor} text=${saved} kind=${kind} fields=${Object.keys(fields.data?.event ?? {})} goTo=${place} onChange=${setText} label=${file} />
    <ul aria-live="polite">${problems.map((each) => html`<li class="state-failing"><button class="plain" onClick=${() => go({ ...each })}>${t('rules.place', { line: each.line, column: each.column })}</button> <${Said} text=${each.text} /></li>`)}</ul>
    <div class="row"><span class=${problems.length > 0 ? 'state-failing' : 'state-running'}><${Icon} name=${problems.length > 0 ? 'exclamation-triangle-fill' : 'check-lg'} /> ${counted('rules.problems', problems.length)}</span>
      <input ref=${reason} class="grow" aria-label=${t('plan.reason')} placeholder=${t('plan.reason')} /><button class="primary" disabled=${!can('editor') || problems.length > 0 || text === saved} onClick=${save}>${t('save')}</button></div>
  </div>${kind === 'sieve' && html`<${Trial} kind=${kind} text=${text} onLine=${go} />`}</div>`;
}

/** One file of rules. @param {{file: string}} properties */
export function RulesFile({ file }) {
  const opened = useResource((signal) => getVersion(`rules/${encoded(file)}`, { signal }), [file]);
  return html`<${Panel} of=${opened}>${(/** @type {Opened} */ content) => html`<${Open} file=${file} opened=${content} onSaved=${opened.again} key=${content.etag} />`}<//>`;
}
