// Types alone, so that no page loads this file.

/**
 * What our REST interface answers, after the records it is made of: names in lower case with underscores, null where there is nothing.
 * A Time is a text such as 2026-11-28T13:00:00Z.
 * @typedef {string} Time
 * @typedef {'viewer' | 'operator' | 'editor' | 'admin'} Role
 * @typedef {'starting' | 'running' | 'stopping' | 'stopped' | 'disabled' | 'unknown'} BotState
 * @typedef {Record<string, any>} Fields what a message or a bot's section holds: any JSON
 */

/** @template T @typedef {{items: T[], next: string | null}} Page a part of a long list; `next` is the cursor for what follows */

/**
 * Bots. Routes: from a path to the queues that it leads to.
 * @typedef {Record<string, string[]>} Routes
 * @typedef {{bot: string, text: string}} Reason
 * @typedef {{id: string, name: string | null, group: string | null, module: string, description: string | null, enabled: boolean, run_mode: string,
 *   state: BotState, missing: boolean, source_queue: string | null, destination_queues: Routes, rate: number, received: number, sent: Record<string, number>,
 *   waiting: number, oldest_waiting: Time | null, failed: number, dumped: number, last_error: string | null, last_error_at: Time | null,
 *   last_success: Time | null, next_run: Time | null, held_behind: string | null, waits_for: string | null, why: Reason[]}} Bot
 * @typedef {{step: number, times: Time[], received: (number | null)[], sent: (number | null)[], failed: (number | null)[], waiting: (number | null)[]}} Series
 * @typedef {{time: Time, level: string, message: string, count: number}} LogEntry
 * @typedef {{added: Fields, removed: Fields, changed: Record<string, {before: any, after: any}>}} Difference between two messages
 * @typedef {{event: Fields, difference: Difference}} Outcome
 * @typedef {{input: Fields | null, paths: Record<string, Outcome[]>, log: string[], failed: string | null}} TriedMessage
 */

/**
 * Kinds of bots.
 * @typedef {{name: string, type: string, meaning: string, default?: any, required?: boolean, example?: string | null, secret?: boolean}} Parameter
 * @typedef {{module: string, name: string, description: string, parameters: Parameter[]}} BotType
 */

/**
 * Changing the configuration.
 * @typedef {{bot: string | null, parameter: string | null, severity: 'refused' | 'error' | 'incomplete' | 'warning' | 'outdated', text: string}} Problem
 * @typedef {{name?: string, group?: string, module: string, description?: string, enabled?: boolean, run_mode?: string, parameters?: Fields} & Fields} Section
 * @typedef {{text: string, base: string, version: string, bots: Record<string, Section> | null, global: Fields | null, problems: Problem[], edits: number,
 *   outdated: boolean, reason: string | null, saved: Time | null}} Draft
 * @typedef {{op: string, bot: string, parameter?: string, key?: string, value?: any, to?: string, queue?: string, path?: string}} Edit
 * @typedef {{place: string, bot: string, parameter: string | null, key: string | null, before: any, after: any}} Change
 * @typedef {{place: string, bot: string, parameter: string | null, key: string | null, base: any, mine: any, theirs: any}} Conflict
 * @typedef {{bot: string, queue: string | null, waiting: number, choices: string[], suggested: string | null, move_to: string | null, drain_seconds: number}} Removal
 * @typedef {{version: string, starts: string[], restarts: string[], reloads: string[], stops: string[], removes: Removal[], changes: Change[],
 *   conflicts: Conflict[], meanwhile: Change[]}} Plan
 * @typedef {{revision: number | null, bots: Record<string, BotState>, job: string | null}} Applied
 * @typedef {{revision: number, time: Time, who: string | null, way: string | null, reason: string | null, file: string, version: string, changes: number}} Revision
 * @typedef {{about: Revision, content: string, changes: Change[], text_diff: string}} RevisionDetail
 */

/**
 * Queues, dumps, and work that takes long.
 * @typedef {{name: string, bot: string | null, waiting: number, bytes: number, oldest: Time | null, internal: boolean}} Queue
 * @typedef {{index: number, size: number, message: Fields | string | null}} WaitingMessage
 * @typedef {{count: number, dump: string | null}} Moved
 * @typedef {{bot: string, reason: string, count: number, oldest: Time | null, newest: Time | null}} DumpGroup
 * @typedef {{id: string, time: Time | null, reason: string, size: number}} Dump
 * @typedef {Dump & {source_queue: string | null, traceback: string, message: string, base64: boolean}} DumpedMessage
 * @typedef {{id: string, what: string, who: string, started: Time, ended: Time | null, done: number, total: number,
 *   state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed', error: string | null}} Job
 */

/**
 * Feeds, rules and events.
 * @typedef {'ok' | 'late' | 'silent' | 'fails' | 'new' | 'off'} Light
 * @typedef {{id: string, name: string, provider: string | null, about: string | null, documentation: string | null, note: string | null,
 *   access: 'free' | 'key' | 'dead', set: Record<string, string>, bot: string | null, status: string, last_success: Time | null,
 *   interval: number | null, light: Light, error: string | null}} Feed
 * @typedef {{events: Fields[], count: number, step: string | null, error: string | null}} FeedSample
 * @typedef {{file: string, kind: string, bots: string[], version: string | null, barrier: string | null}} RuleFile barrier: why it cannot be opened here
 * @typedef {{file: string, kind: string, bots: string[], version: string | null, text: string}} RuleText
 * @typedef {{line: number, column: number, text: string, fatal: boolean}} Mistake
 * @typedef {{line: number, matched: boolean | null, changed: Record<string, {before: any, after: any}>}} RuleStep
 * @typedef {{steps: RuleStep[], path: string | null, paths: string[], dropped: boolean, event: Fields | null, error: string | null}} RuleWay
 * @typedef {{buckets: {value: any, count: number}[], of: number | null, newest: number | null}} Counts
 * @typedef {{time: Time, total: number, by: Record<string, number>}} Bucket
 * @typedef {{step: number, buckets: Bucket[]}} Histogram
 * @typedef {{name: string, query: string}} SavedSearch
 */

/**
 * The server, and who uses it.
 * @typedef {{time: Time, events_today: number | null, yesterday_same_time: number | null, by_hour: Bucket[], networks: {asn: any, count: number, change: number}[],
 *   needs: Reason[], changes: Revision[], problem: string | null}} Situation
 * @typedef {{version: string, intelmq: string, java: string, uptime: number, disk: {free: number, total: number, days_left: number | null} | null,
 *   memory: {used: number, committed: number, max: number} | null, broker: {queues: number, waiting: number, bytes: number, oldest: Time | null} | null}} System
 * @typedef {{version: string, intelmq: string, licence: string, libraries: {name: string, version: string, licence: string | null}[]}} About
 * @typedef {{time: Time, who: string, role: string, way: string, what: string, result: string}} AuditEntry
 * @typedef {{name: string, role: Role, way: string, expires: Time, csrf: string}} Session
 * @typedef {{name: string, role: Role, created: Time, last_login: Time | null}} User
 * @typedef {{id: string, name: string, role: Role, display: boolean, created: Time, expires: Time, last_used: Time | null, token: string | null}} Token
 */

/**
 * What the stream tells, by topic. A bot that is gone is null; of the others only what has changed is told.
 * @typedef {{bots: Record<string, Partial<Bot> | null>}} Status
 * @typedef {{time: Time, who: string, what: string}} News
 * @typedef {{time: Time, path: string | null, size: number, event: Fields | null, not_shown: number}} Tapped
 */

/**
 * What is told of a topic.
 * @template {string} T
 * @typedef {T extends 'status' ? Status : T extends 'change' ? News : T extends 'job' ? Job : T extends `log:${string}` ? LogEntry
 *   : T extends `tap:${string}` ? Tapped : unknown} Told
 */

export {};
