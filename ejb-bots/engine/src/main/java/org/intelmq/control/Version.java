package org.intelmq.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this application, and the version of IntelMQ that it behaves like. */
public final class Version {

    public static final String INTELMQ = "3.3.2";

    private Version() { }

    /** {@code development} if the classes are not in a jar. */
    public static String text() {
        try (InputStream in = Version.class.getResourceAsStream("/META-INF/maven/org.intelmq/intelmq-engine/pom.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "development");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
