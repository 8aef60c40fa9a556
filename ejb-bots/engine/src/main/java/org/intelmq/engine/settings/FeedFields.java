package org.intelmq.engine.settings;

import org.intelmq.bot.CollectorParams;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Report;

/** The feed's fields that the host adds to a collector's reports. Immutable. */
public record FeedFields(CollectorParams params, String displayName) {

    /**
     * Completes a report that is about to be sent; what the collector has set itself is kept.
     *
     * @return false if the report has no data and must not be sent
     */
    public boolean complete(Report report) {
        if (!report.has(Fields.RAW)) {
            return false;
        }
        addTo(report);
        return true;
    }

    public void addTo(Report report) {
        add(report, Fields.FEED_NAME, params.name() == null ? displayName : params.name());
        add(report, Fields.FEED_CODE, params.code());
        add(report, Fields.FEED_DOCUMENTATION, params.documentation());
        add(report, Fields.FEED_PROVIDER, params.provider());
        add(report, Fields.FEED_ACCURACY, params.accuracy() == 0 ? null : params.accuracy());
    }

    private static void add(Report report, Field field, Object value) {
        report.add(field, value, IfPresent.KEEP);
    }
}
