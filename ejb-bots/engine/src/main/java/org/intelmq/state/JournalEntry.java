package org.intelmq.state;

import java.util.List;

/** The joint changes of the inputs of one broker transaction. Inputs are identified by a hash of their identity. */
record JournalEntry(int session, int second, long[] inputs, List<StateChange> changes) { }
