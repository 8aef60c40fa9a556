package org.intelmq.engine.route;

import java.util.List;
import org.intelmq.engine.step.Visit;
import org.intelmq.message.Message;

/**
 * Messages on their way to a queue, shared with no other dispatch.
 *
 * @param from where they come from, along which of its paths
 */
public record Dispatch(Visit from, String path, String queue, List<Message> messages) { }
