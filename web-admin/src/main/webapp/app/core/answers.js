// Types alone, so that no page loads this file.

/**
 * @import { About, Applied, AuditEntry, Bot, BotState, BotType, Counts, Draft, Dump, DumpedMessage, DumpGroup, Feed, FeedSample, Fields, Histogram, Job,
 *   LogEntry, Mistake, Moved, Page, Plan, Problem, Queue, Revision, RevisionDetail, RuleFile, RuleText, RuleWay, SavedSearch, Series, Session,
 *   Situation, System, Token, TriedMessage, User, WaitingMessage } from './types.js'
 */

/**
 * What is answered to GET, by the address below /api/v1/. An address that is missing here answers what nobody knows.
 * @template {string} A
 * @typedef {A extends 'bots' ? Bot[] : A extends `bots/${string}/history` ? Series : A extends `bots/${string}/log` ? Page<LogEntry>
 *   : A extends `bots/${string}` ? Bot
 *   : A extends 'catalogue/details' ? Record<string, BotType[]> : A extends 'check' ? Problem[] : A extends 'positions' ? Fields
 *   : A extends 'harmonization' ? Record<'event' | 'report', Record<string, Fields>>
 *   : A extends 'draft' ? Draft : A extends 'draft/plan' ? Plan : A extends 'history' ? Page<Revision> : A extends `history/${string}` ? RevisionDetail
 *   : A extends 'queues' ? Queue[] : A extends `queues/${string}/messages` ? Page<WaitingMessage> : A extends `queues/${string}` ? Queue
 *   : A extends 'dumps' ? DumpGroup[] : A extends `dumps/${string}/${string}` ? DumpedMessage : A extends `dumps/${string}` ? Page<Dump>
 *   : A extends `jobs/${string}` ? Job : A extends 'feeds' ? Feed[] : A extends `feeds/${string}` ? Feed
 *   : A extends 'rules' ? RuleFile[] : A extends `rules/${string}` ? RuleText : A extends 'searches' ? SavedSearch[]
 *   : A extends 'events' ? Page<Fields> : A extends 'events/count' ? Counts : A extends 'events/histogram' ? Histogram : A extends `events/${string}` ? Fields
 *   : A extends 'situation' ? Situation : A extends 'system' ? System : A extends 'system/about' ? About : A extends 'audit' ? Page<AuditEntry>
 *   : A extends 'users' ? User[] : A extends 'tokens' ? Token[] : A extends 'session' ? Session : A extends 'session/ways' ? {provider: string | null}
 *   : unknown} Got
 */

/**
 * What is answered to POST.
 * @template {string} A
 * @typedef {A extends `bots/${string}/trial` ? TriedMessage[] : A extends `bots/${string}/${string}` ? Record<string, BotState>
 *   : A extends 'draft/apply' ? Applied : A extends 'draft/merge' | `history/${string}/rollback` | `feeds/${string}/draft` ? Draft
 *   : A extends `queues/${string}` ? Moved : A extends `dumps/${string}/recover` ? Job : A extends `feeds/${string}/sample` ? FeedSample
 *   : A extends 'rules/check' ? Mistake[] : A extends 'rules/trial' ? RuleWay[] : A extends 'session' ? Session
 *   : A extends 'session/oidc' ? {address: string} : A extends 'tokens' ? Token : A extends 'users' ? User : unknown} Posted
 */

/**
 * What is answered to PUT, PATCH and DELETE.
 * @template {string} A
 * @typedef {A extends 'draft' ? Draft : A extends `dumps/${string}/${string}` ? DumpedMessage : A extends `jobs/${string}` ? Job
 *   : unknown} Changed
 */

export {};
