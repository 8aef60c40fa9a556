package org.intelmq.bot;

import java.time.Instant;

/** Tells a collector to poll its source now. */
public record Tick(Instant at) { }
