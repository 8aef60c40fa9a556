package org.intelmq.control;

/**
 * Why a bot that runs does not move.
 *
 * @param heldBehind the full queue behind it; {@code null} if there is none
 * @param waitingFor why it waits for another system; {@code null} if it does not
 */
public record Halt(String heldBehind, String waitingFor) { }
