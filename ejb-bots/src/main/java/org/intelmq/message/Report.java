package org.intelmq.message;

/** What a collector fetched, whole: the data in {@code raw} and where it came from. */
public final class Report extends Message {

    public Report(Harmonization harmonization) {
        super(harmonization);
    }

    private Report(Report other) {
        super(other);
    }

    /** The fields of an event that a report knows. */
    public static Report from(Event event) {
        Report report = new Report(event.harmonization());
        for (int i = 0; i < event.size(); i++) {
            if (report.harmonization().isKnown(report, event.fieldAt(i))) {
                report.addUnsanitized(event.fieldAt(i), event.valueAt(i), IfPresent.FAIL, true);
            }
        }
        return report;
    }

    @Override
    public String typeName() {
        return "Report";
    }

    @Override
    public Report copy() {
        return new Report(this);
    }
}
