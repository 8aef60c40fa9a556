package org.intelmq.bot;

import java.util.Optional;

/** A parser that may get a large report in pieces. What it makes of a row must not depend on rows much further up. */
public interface Divisible {

    /** Empty if this parser, with its parameters, needs whole reports. */
    Optional<Seams> seams();
}
