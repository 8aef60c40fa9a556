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
    /** The file that says so, if the script wants to know. */
    private static final String CLASSES_MET = "intelmq.classes-met";
    private static final Logger LOGGER = Logger.getLogger(StartCode.class.getName());

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
            LOGGER.log(Level.FINE, "The JVM accepts no directives for its compilers.", e);
        }
    }

    /** All that a start needs: what the JVM writes of its classes at the end serves the next start. */
    static void classesAreMet() {
        String file = System.getProperty(CLASSES_MET);
        if (file == null) {
            return;
        }
        try {
            Files.writeString(Path.of(file), "");
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The next start will not be a faster one: " + file + " cannot be written.", e);
        }
    }
}
