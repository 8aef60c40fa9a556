package org.intelmq.conformance;

import java.util.Set;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;

/** The standard fields of IntelMQ 3.3, with which cases were recorded there: what has come since is not among them. */
final class RecordedHarmonization {

    static final Harmonization INSTANCE = Harmonization.standard().without(Set.of(Fields.CONSTITUENCY, Fields.PRODUCT_FULL_NAME,
            Fields.PRODUCT_NAME, Fields.PRODUCT_VENDOR, Fields.PRODUCT_VERSION, Fields.PRODUCT_VULNERABILITIES, Fields.SEVERITY));

    private RecordedHarmonization() { }
}
