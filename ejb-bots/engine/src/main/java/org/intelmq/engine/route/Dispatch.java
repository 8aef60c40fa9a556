package org.intelmq.engine.route;

import java.util.List;
import org.intelmq.engine.step.Visit;
import org.intelmq.message.Message;

/**
 * Messages on their way to a queue, in a list of their own.
 *
 * @param from the visit that sent them
 * @param path the path on which it sent them
 */
public record Dispatch(Visit from, String path, String queue, List<Message> messages) { }
