package org.intelmq.engine.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.intelmq.bot.Param;
import org.intelmq.control.LogFile;

/** The parameters every bot has, acted on by the engine; in {@code global} or at the bot. */
public record RuntimeParams(
        @Param(value = "How often a failing message is tried again before it is dumped.", byDefault = "3")
        int errorMaxRetries,
        @Param(value = "How long to wait before a failing message is tried again.", byDefault = "15s")
        Duration errorRetryDelay,
        @Param(value = "What to do after the last try: go on with the next message (pass) or stop the bot (stop).", byDefault = "pass")
        ErrorProcedure errorProcedure,
        @Param(value = "Whether a message that has finally failed is kept in the bot's dump file.", byDefault = "true")
        boolean errorDumpMessage,
        @Param(value = "Whether errors are logged with their stack trace.", byDefault = "true")
        boolean errorLogException,
        @Param(value = "Whether the failing message is logged with the error.", byDefault = "false")
        boolean errorLogMessage,
        @Param(value = "Pause between two runs of a collector, or two messages of another bot.", byDefault = "0")
        Duration rateLimit,
        @Param(value = "Whether messages of a path are sent to its queues in turn instead of to all of them.", byDefault = "false")
        boolean loadBalance,
        @Param(value = "Number of messages that the bot works on at the same time.", byDefault = "1")
        int instancesThreads,
        @Param(value = "Whether results may bypass the next bot's queue while it is empty.", byDefault = "true")
        boolean fusedDelivery,
        @Param(value = "While a queue that the bot sends to has this many events, the bot is held; then its own queue fills up, and so on up to the "
                + "collectors. 0 for no limit.", byDefault = "500000")
        int queueLimit,
        @Param(value = "Number of messages after which a line is logged.", byDefault = "500")
        int logProcessedMessagesCount,
        @Param(value = "Time after which a line is logged at the latest, if there were messages.", byDefault = "900s")
        Duration logProcessedMessagesSeconds,
        @Param(value = "The lowest level that is logged.", byDefault = "INFO")
        LogFile.Level loggingLevel,
        @Param(value = "Format of the log file's lines: IntelMQ's (intelmq), or JSON with the field names of the Elastic Common Schema (ecs).",
                byDefault = "intelmq")
        LogFile.Format loggingFormat,
        @Param(value = "Folder of the logs and dumps.", optional = true)
        Path loggingPath,
        @Param(value = "Size in bytes at which a log file is rotated; 0 for never.", byDefault = "0")
        long loggingMaxSize,
        @Param(value = "Number of rotated log files to keep.", byDefault = "0")
        int loggingMaxCopies,
        @Param(value = "Servers on a shared broker (INTELMQ_BROKER) that run the bot: all; one, from which another takes over when it is gone; or "
                + "those with these names (INTELMQ_NODE). If not set: one for a bot that remembers in a file of its server, has a rate limit, or "
                + "keeps a connection to its source; all for the others.", optional = true, example = "feeds-1, feeds-2")
        List<String> nodes) {

    /** Each has its own threads, sessions and buffers. */
    private static final int MOST_INSTANCES = 1000;

    public RuntimeParams {
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
        NodeNames.require(nodes);
        if (instancesThreads > MOST_INSTANCES) {
            throw new IllegalArgumentException("parameter 'instances_threads' cannot be " + instancesThreads + ": expected 1 to " + MOST_INSTANCES);
        }
    }

    public enum ErrorProcedure { PASS, STOP }
}
