package org.intelmq.engine.observe;

import co.elastic.logging.AdditionalField;
import co.elastic.logging.EcsJsonSerializer;
import java.util.List;
import java.util.logging.LogRecord;
import org.intelmq.parameters.SecretFiles;
import org.intelmq.text.ControlCharacters;
import org.intelmq.text.Shortened;

/** A line of a bot's log as JSON, with the field names of the Elastic Common Schema. Texts are the same as in the other format. */
final class EcsLine {

    private static final String SERVICE = "intelmq";
    private static final String BOT = "labels.bot";
    private static final int USUAL_LENGTH = 320;

    private EcsLine() { }

    static String of(String bot, String level, LogRecord record) {
        StringBuilder line = new StringBuilder(USUAL_LENGTH);
        EcsJsonSerializer.serializeObjectStart(line, record.getMillis());
        EcsJsonSerializer.serializeLogLevel(line, level);
        EcsJsonSerializer.serializeFormattedMessage(line, ControlCharacters.spelledOut(String.valueOf(record.getMessage())));
        EcsJsonSerializer.serializeEcsVersion(line);
        EcsJsonSerializer.serializeServiceName(line, SERVICE);
        EcsJsonSerializer.serializeThreadName(line, Thread.currentThread().getName());
        EcsJsonSerializer.serializeLoggerName(line, bot);
        EcsJsonSerializer.serializeAdditionalFields(line, List.of(new AdditionalField(BOT, bot)));
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            EcsJsonSerializer.serializeException(line, thrown.getClass().getName(), Shortened.to(Trace.LONGEST_LINE,
                    ControlCharacters.spelledOut(SecretFiles.hiddenAnywhere(String.valueOf(thrown.getMessage())))),
                    Trace.of(thrown), false);
        }
        EcsJsonSerializer.serializeObjectEnd(line);
        return line.toString();
    }
}
