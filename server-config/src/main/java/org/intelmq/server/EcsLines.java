package org.intelmq.server;

import co.elastic.logging.EcsJsonSerializer;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** The lines of {@code server.log} as JSON, one for each record, with the field names of the Elastic Common Schema. */
final class EcsLines extends Formatter {

    private static final String SERVICE = "intelmq";
    private static final int USUAL_LENGTH = 320;

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(USUAL_LENGTH);
        EcsJsonSerializer.serializeObjectStart(line, record.getMillis());
        EcsJsonSerializer.serializeLogLevel(line, record.getLevel().getName());
        EcsJsonSerializer.serializeFormattedMessage(line, LogLines.spelledOut(String.valueOf(formatMessage(record)).strip()));
        EcsJsonSerializer.serializeEcsVersion(line);
        EcsJsonSerializer.serializeServiceName(line, SERVICE);
        EcsJsonSerializer.serializeThreadName(line, Thread.currentThread().getName());
        EcsJsonSerializer.serializeLoggerName(line, record.getLoggerName());
        Throwable thrown = LogLines.thrown(record);
        if (thrown != null) {
            EcsJsonSerializer.serializeException(line, thrown.getClass().getName(), LogLines.spelledOut(String.valueOf(thrown.getMessage())),
                    LogLines.trace(thrown), false);
        }
        EcsJsonSerializer.serializeObjectEnd(line);
        return line.toString();
    }
}
