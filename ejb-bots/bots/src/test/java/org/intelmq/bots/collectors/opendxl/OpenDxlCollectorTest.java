package org.intelmq.bots.collectors.opendxl;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.intelmq.bot.ConfigurationException;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class OpenDxlCollectorTest {

    @Test
    void saysWhyItDoesNotRun() {
        String refusal = assertThrows(ConfigurationException.class, () -> OpenDxlCollector.TYPE.factory().create(
                Parameters.of(OpenDxlCollector.Params.class, "dxl_config_file", "/etc/dxl.conf"), new TestContext())).getMessage();
        assertTrue(refusal.startsWith("module 'intelmq.bots.collectors.opendxl.collector' cannot run here: "), refusal);
    }
}
