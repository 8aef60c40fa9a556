package org.intelmq.bots.experts.mcafee;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.intelmq.bot.ConfigurationException;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class McAfeeMarExpertTest {

    @Test
    void saysAtTheStartWhyItCannotRun() {
        McAfeeMarExpert.Params params = Parameters.of(McAfeeMarExpert.Params.class, "lookup_type", "DestIP");
        String told = assertThrows(ConfigurationException.class, () -> McAfeeMarExpert.TYPE.factory().create(params, new TestContext())).getMessage();
        assertTrue(told.contains("OpenDXL") && told.contains("com.opendxl:dxlclient"), told);
    }
}
