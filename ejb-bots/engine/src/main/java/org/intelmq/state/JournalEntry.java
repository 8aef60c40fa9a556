package org.intelmq.state;

import java.util.List;

/** What the inputs of one transaction of the broker changed together. Inputs are known by a hash of their identity. */
record JournalEntry(int session, int second, long[] inputs, List<Change> changes) { }
