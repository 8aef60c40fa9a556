import { html } from '../core/html.js';
import { useStyle } from '../core/style.js';
import { FeedList } from './list.js';
import { Wizard } from './wizard.js';

export default function FeedsPage({ add, feed, step, query }) {
  const isShared = useStyle('/app/bot/bot.css');
  const isReady = useStyle('/app/feeds/feeds.css') && isShared;
  if (!isReady) return null;
  return add && feed ? html`<${Wizard} id=${feed} step=${step} key=${feed} />` : html`<${FeedList} query=${query} />`;
}
