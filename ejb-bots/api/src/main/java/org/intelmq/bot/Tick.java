package org.intelmq.bot;

import java.time.Instant;

/** Time for a collector to look at its source. */
public record Tick(Instant at) { }
