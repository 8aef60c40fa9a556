package org.intelmq.stream;

import org.intelmq.bot.BotContext;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Report;
import org.intelmq.text.encoding.Base64Text;

/** A report of what arrived, byte for byte. */
public final class RawReport {

    private RawReport() { }

    public static Report of(BotContext context, byte[] content) {
        Report report = context.newReport();
        report.addUnsanitized(Fields.RAW, Base64Text.encode(content), IfPresent.REPLACE, true);
        return report;
    }
}
