package org.intelmq.server;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Code that works while the server starts and never again: reading class files, finding and wiring the container's services. The
 * JVM's second compiler would spend more on it than it can ever gain, so it is left to the first.
 */
final class StartCode {

    private static final String DIRECTIVES = "start-code.json";

    private StartCode() { }

    /** Set in this process; a JVM that does not understand it compiles as usual. */
    static void leaveToFirstCompiler() {
        try {
            Path file = Files.createTempFile("intelmq", ".json");
            try (InputStream directives = StartCode.class.getResourceAsStream(DIRECTIVES)) {
                Files.copy(directives, file, StandardCopyOption.REPLACE_EXISTING);
                ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "compilerDirectivesAdd",
                        new Object[] {new String[] {file.toString()}}, new String[] {String[].class.getName()});
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException | JMException e) {
            Logger.getLogger(StartCode.class.getName()).log(Level.FINE, "The JVM accepts no directives for its compilers.", e);
        }
    }
}
