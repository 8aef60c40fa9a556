package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCodeTest {

    private static String directives(String command) throws JMException {
        return (String) ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), command, null, null);
    }

    @Test
    void theSecondCompilerKeepsAwayFromWhatOnlyStarts() throws Exception {
        StartCode.leaveToFirstCompiler();
        try {
            String told = directives("compilerDirectivesPrint");
            assertTrue(told.contains("org/objectweb/asm/") && told.contains("Exclude:true"), told);
        } finally {
            directives("compilerDirectivesClear");
        }
    }

    @Test
    void tellsTheScriptThatTheStartHasMetItsClasses(@TempDir Path folder) {
        Path told = folder.resolve("classes.jsa.new.met");
        System.setProperty("intelmq.classes-met", told.toString());
        try {
            StartCode.classesAreMet();
            assertTrue(Files.exists(told));
        } finally {
            System.clearProperty("intelmq.classes-met");
        }
    }
}
