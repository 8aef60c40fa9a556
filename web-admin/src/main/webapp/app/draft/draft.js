import { createStore } from '../core/store.js';
import { get, patch, put, remove } from '../core/api.js';
import { tell } from '../ui/toast.js';

/** What is about to be changed, as the server keeps it for whoever is logged in; null as long as it is not loaded. */
export const draft = createStore(null);

/** What can be undone and done again: texts of the draft, the newest last. */
export const steps = createStore({ undo: [], redo: [] });

export async function loadDraft() {
  draft.set(await get('draft'));
}

/** Carries out edits; the text of before can be had back. */
export async function edit(...edits) {
  const before = draft.get();
  try {
    draft.set(await patch('draft', { edits, version: before.version }));
    steps.update(({ undo }) => ({ undo: [...undo, before.text], redo: [] }));
    return true;
  } catch (error) {
    tell(error);
    if (error.code === 'changed-meanwhile') await loadDraft();
    return false;
  }
}

async function go(from, to) {
  const texts = steps.get()[from];
  if (texts.length === 0) return;
  const now = draft.get().text;
  try {
    draft.set(await put('draft', { text: texts[texts.length - 1] }));
    steps.update((all) => ({ ...all, [from]: texts.slice(0, -1), [to]: [...all[to], now] }));
  } catch (error) { tell(error); }
}

export const undo = () => go('undo', 'redo');
export const redo = () => go('redo', 'undo');

/** Gives the draft up. */
export async function dropDraft() {
  try {
    draft.set(await remove('draft'));
    steps.set({ undo: [], redo: [] });
  } catch (error) { tell(error); }
}

/** The draft's bots as the graph and the forms take them. */
export function draftedBots({ bots, global }) {
  return Object.entries(bots ?? {}).map(([id, section]) => {
    const parameters = { ...global, ...section.parameters };
    const destinations = parameters.destination_queues ?? {};
    const paths = Array.isArray(destinations) || typeof destinations === 'string' ? { _default: [destinations].flat() } : destinations;
    return { id, name: section.name, group: section.group, module: section.module, description: section.description, enabled: section.enabled !== false,
      state: section.enabled === false ? 'disabled' : 'stopped', source_queue: section.group === 'Collector' ? null : parameters.source_queue ?? `${id}-queue`,
      destination_queues: Object.fromEntries(Object.entries(paths).map(([path, queues]) => [path, [queues].flat()])) };
  });
}
