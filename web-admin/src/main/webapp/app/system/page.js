import { html } from '../core/html.js';
import { may } from '../core/session.js';
import { useStyle } from '../core/style.js';
import { t } from '../core/texts.js';
import { Tabs } from '../ui/tabs.js';
import { Empty } from '../ui/panel.js';
import { About } from './about.js';
import { Audit } from './audit.js';
import { Check } from './check.js';
import { Health } from './health.js';
import { Tokens } from './tokens.js';
import { Users } from './users.js';

/** @type {Record<string, (properties: {query: Record<string, string>}) => unknown>} */
const PARTS = { health: Health, check: Check, users: Users, tokens: Tokens, audit: Audit, about: About };
const FOR_ADMINS = ['users', 'tokens', 'audit'];

/** The server itself. @param {{part?: string, query: Record<string, string>}} properties */
export default function SystemPage({ part = 'health', query }) {
  const isShared = useStyle('/app/bot/bot.css');
  const isReady = useStyle('/app/feeds/feeds.css') && isShared;
  const Part = PARTS[part] ?? Health;
  const isAllowed = !FOR_ADMINS.includes(part) || may('admin');
  return isReady && html`<div class="stack"><h1>${t('page.system')}</h1>
    <${Tabs} prefix="system" current=${part} tabs=${Object.keys(PARTS).map((each) => ({ id: each, to: `/system/${each}` }))} />
    ${isAllowed ? html`<${Part} query=${query} />` : html`<${Empty} icon="shield-check" text=${t('needs', { role: 'admin' })} />`}</div>`;
}
