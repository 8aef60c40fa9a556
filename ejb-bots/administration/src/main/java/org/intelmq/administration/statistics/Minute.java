package org.intelmq.administration.statistics;

/**
 * What a bot did until a minute ended.
 *
 * @param minute   since the epoch
 * @param received inputs that went through since the server started; of a collector, runs
 * @param sent     messages sent since then
 * @param failed   for good since then
 * @param waiting  in its source queue then
 */
record Minute(long minute, long received, long sent, long failed, long waiting) { }
