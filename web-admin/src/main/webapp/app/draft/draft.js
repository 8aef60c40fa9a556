import { createStore } from '../core/store.js';
import { get, isAway, patch, post, put, remove } from '../core/api.js';
import { t } from '../core/texts.js';
import { tell, toast } from '../ui/toast.js';

/** @import { Bot, Draft, Edit, Section } from '../core/types.js' */
/** @typedef {Pick<Bot, 'id' | 'name' | 'group' | 'module' | 'description' | 'enabled' | 'state' | 'source_queue' | 'destination_queues'>} DraftedBot */

/** What is about to be changed, as the server keeps it for whoever is logged in; null as long as it is not loaded. */
export const draft = createStore(/** @type {Draft | null} */ (null));

/** What can be undone and done again: texts of the draft, the newest last. */
export const steps = createStore(/** @type {{undo: string[], redo: string[]}} */ ({ undo: [], redo: [] }));

/** Milliseconds until an edit is sent again that the server was away for: what is typed is not lost with it. */
const AGAIN = 1000;
const NO_STEPS = { undo: [], redo: [] };
const windows = new BroadcastChannel('intelmq.draft');
/** @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * One after the other: each change is made for the draft that the one before it has left.
 * @template T
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
function inTurn(action) {
  const mine = last.then(action, action);
  last = mine;
  return mine;
}

/** Steps of another window, or of another draft, cannot be undone here. @param {Draft} fresh */
function show(fresh) {
  if (draft.get()?.version !== fresh.version) steps.set(NO_STEPS);
  draft.set(fresh);
}

/** What this window has changed; the others fetch it. @param {Draft} fresh */
function take(fresh) {
  draft.set(fresh);
  windows.postMessage(fresh.version);
}

/** The draft, where it must be there. */
const current = () => {
  const now = draft.get();
  if (!now) throw new Error('The draft is not loaded.');
  return now;
};

const match = (/** @type {string} */ version) => ({ etag: `"${version}"` });

export const loadDraft = () => inTurn(async () => show(await get('draft')));

windows.onmessage = (/** @type {MessageEvent<string>} */ { data }) => { const now = draft.get(); if (now && now.version !== data) loadDraft().catch(tell); };

const valueAt = (/** @type {Draft} */ { bots, global }, /** @type {Edit} */ { bot, parameter, key }) => JSON.stringify(bot === 'global' ? global?.[parameter ?? key ?? '']
  : parameter ? bots?.[bot]?.parameters?.[parameter] : bots?.[bot]?.[key ?? '']);

/** Whether another window has set the same in another way. @param {Edit} each @param {Draft} before @param {Draft} now */
const isContested = (each, before, now) => (each.op === 'set' || each.op === 'unset') && valueAt(before, each) !== valueAt(now, each);

/** @param {Edit[]} edits */
async function carryOut(edits) {
  for (;;) {
    const before = current();
    try {
      take(await patch('draft', { edits }, match(before.version)));
      steps.update(({ undo }) => ({ undo: [...undo, before.text], redo: [] }));
      return true;
    } catch (error) {
      if (isAway(error)) {
        await new Promise((resolve) => { setTimeout(resolve, AGAIN); });
        continue;
      }
      if (error.code !== 'changed-meanwhile') {
        tell(error);
        return false;
      }
      show(await get('draft'));
      const contested = edits.find((each) => isContested(each, before, current()));
      if (contested) {
        toast(t('draft.contested', { place: contested.parameter ?? contested.key }), { kind: 'warn', action: { text: t('draft.mine'), run: () => edit(...edits) } });
        return false;
      }
    }
  }
}

/** Carries out edits, all or none; the text of before can be had back. Answers whether they are in the draft. @param {Edit[]} edits */
export const edit = (...edits) => inTurn(() => carryOut(edits));

/** @param {'undo' | 'redo'} from @param {'undo' | 'redo'} to */
const go = (from, to) => inTurn(async () => {
  const texts = steps.get()[from];
  if (texts.length === 0) return;
  const now = current();
  try {
    take(await put('draft', { text: texts[texts.length - 1] }, match(now.version)));
    steps.update((all) => ({ ...all, [from]: texts.slice(0, -1), [to]: [...all[to], now.text] }));
  } catch (error) {
    tell(error);
    if (error.code === 'changed-meanwhile') show(await get('draft'));
  }
});

export const undo = () => go('undo', 'redo');
export const redo = () => go('redo', 'undo');

/** Takes over what others have applied; throws if they have changed the same and `resolve` does not say which is to stay. @param {Record<string, 'mine' | 'theirs'>} resolve */
export const mergeDraft = (resolve) => inTurn(async () => {
  take(await post('draft/merge', { version: current().version, resolve }));
  steps.set(NO_STEPS);
});

/** Gives the draft up. */
export const dropDraft = () => inTurn(async () => {
  try {
    take(await remove('draft'));
    steps.set(NO_STEPS);
  } catch (error) { tell(error); }
});

/** The draft's bots as the graph and the forms take them. @param {Draft} now @returns {DraftedBot[]} */
export function draftedBots({ bots, global }) {
  return Object.entries(bots ?? {}).map(([id, section]) => {
    const parameters = { ...global, ...section.parameters };
    const destinations = parameters.destination_queues ?? {};
    const paths = Array.isArray(destinations) || typeof destinations === 'string' ? { _default: [destinations].flat() } : destinations;
    return { id, name: section.name ?? null, group: section.group ?? null, module: section.module, description: section.description ?? null, enabled: section.enabled !== false,
      state: section.enabled === false ? 'disabled' : 'stopped', missing: false, source_queue: section.group === 'Collector' ? null : parameters.source_queue ?? `${id}-queue`,
      destination_queues: Object.fromEntries(Object.entries(paths).map(([path, queues]) => [path, [queues].flat()])) };
  });
}
