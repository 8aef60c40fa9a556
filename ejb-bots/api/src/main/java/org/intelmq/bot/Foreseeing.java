package org.intelmq.bot;

import java.util.List;

/** A bot that can say beforehand what it will ask its {@link State} about, so that a state elsewhere is asked once for many inputs. */
public interface Foreseeing<I> {

    /** Called before the inputs are processed one by one; calls {@link State#foresee}, and changes nothing. */
    void foresee(List<I> inputs);
}
