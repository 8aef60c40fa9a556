package org.intelmq.server;

import fish.payara.micro.BootstrapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.intelmq.server.testing.ServerProcess;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.descriptor.api.Descriptor;

/**
 * Arquillian's view of our server: Payara Micro in the test's own JVM. The classes of {@code jms-config} are on the test's class
 * path, so that test and application share its broker.
 */
public final class IntelmqContainer implements DeployableContainer<IntelmqContainer.NoConfiguration> {

    private Path root;
    private PayaraServer server;

    @Override
    public Class<NoConfiguration> getConfigurationClass() {
        return NoConfiguration.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    @Override
    public void setup(NoConfiguration configuration) { }

    @Override
    public void start() throws LifecycleException {
        try {
            root = Files.createTempDirectory("intelmq");
            System.setProperty("intelmq.root", root.toString());
            var layout = Layout.at(root);
            layout.create();
            Files.writeString(layout.etc().resolve("runtime.yaml"), "global: {}\n");
            server = new PayaraServer(layout, ServerProcess.distribution(), ServerLog.open(layout, System.getenv()), "127.0.0.1", ServerProcess.freePort(),
                    null);
            server.boot();
        } catch (IOException e) {
            throw new LifecycleException("the server does not start", e);
        }
    }

    @Override
    public void stop() throws LifecycleException {
        try {
            server.close();
        } catch (BootstrapException e) {
            throw new LifecycleException("the server does not stop", e);
        }
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        Path ear = root.resolve("intelmq.ear");
        archive.as(ZipExporter.class).exportTo(ear.toFile(), true);
        server.deploy(ear);
        return new ProtocolMetaData();
    }

    @Override
    public void undeploy(Archive<?> archive) {
        server.undeploy();
    }

    @Override
    public void deploy(Descriptor descriptor) {
        throw new UnsupportedOperationException("archives only");
    }

    @Override
    public void undeploy(Descriptor descriptor) {
        throw new UnsupportedOperationException("archives only");
    }

    public static final class NoConfiguration implements ContainerConfiguration {

        @Override
        public void validate() { }
    }

    /** Named in {@code META-INF/services}. */
    public static final class Extension implements LoadableExtension {

        @Override
        public void register(ExtensionBuilder builder) {
            builder.service(DeployableContainer.class, IntelmqContainer.class);
        }
    }
}
