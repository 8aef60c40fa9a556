import { html } from '../core/html.js';
import { useStyle } from '../core/style.js';
import { FeedList } from './list.js';
import { Wizard } from './wizard.js';

/** The feeds, or one that is being added. @param {{add?: string, feed?: string, step?: string, query: Record<string, string>}} properties */
export default function FeedsPage({ add, feed, step, query }) {
  const isShared = useStyle('/app/bot/bot.css');
  const isReady = useStyle('/app/feeds/feeds.css') && isShared;
  if (!isReady) return null;
  return add && feed ? html`<${Wizard} id=${feed} step=${step} key=${feed} />` : html`<${FeedList} query=${query} />`;
}
