package org.intelmq.eventdb;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import jakarta.persistence.spi.ClassTransformer;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.PersistenceUnitTransactionType;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.persistence.jpa.PersistenceProvider;

/** A persistence unit made at run time from a bot's parameters: no persistence.xml, a name of its own, one connection. */
final class EventUnit implements PersistenceUnitInfo {

    /** The server's persistence provider outlives an application that is deployed again, so a number would not be a new name. */
    private final String name = "intelmq-events-" + UUID.randomUUID();
    private final DataSource source;

    private EventUnit(DataSource source) {
        this.source = source;
    }

    static EntityManagerFactory factory(DataSource source, DatabaseProduct engine, int batchSize) {
        EventUnit unit = new EventUnit(source);
        return new PersistenceProvider().createContainerEntityManagerFactory(unit, Map.of(
                "eclipselink.session-name", unit.name,
                "eclipselink.target-database", engine.platform(),
                "eclipselink.target-server", "None",
                "eclipselink.weaving", "false",
                "eclipselink.ddl-generation", "none",
                "eclipselink.jdbc.batch-writing", "JDBC",
                "eclipselink.jdbc.batch-writing.size", String.valueOf(batchSize),
                "eclipselink.cache.shared.default", "false",
                "eclipselink.logging.level", "OFF"));
    }

    @Override
    public String getPersistenceUnitName() {
        return name;
    }

    @Override
    public String getPersistenceProviderClassName() {
        return PersistenceProvider.class.getName();
    }

    @Override
    public PersistenceUnitTransactionType getTransactionType() {
        return PersistenceUnitTransactionType.RESOURCE_LOCAL;
    }

    @Override
    public DataSource getJtaDataSource() {
        return null;
    }

    @Override
    public DataSource getNonJtaDataSource() {
        return source;
    }

    @Override
    public List<String> getMappingFileNames() {
        return List.of();
    }

    @Override
    public List<URL> getJarFileUrls() {
        return List.of();
    }

    @Override
    public URL getPersistenceUnitRootUrl() {
        return EventUnit.class.getProtectionDomain().getCodeSource().getLocation();
    }

    @Override
    public List<String> getManagedClassNames() {
        return List.of(LedgerEntry.class.getName());
    }

    @Override
    public boolean excludeUnlistedClasses() {
        return true;
    }

    @Override
    public SharedCacheMode getSharedCacheMode() {
        return SharedCacheMode.NONE;
    }

    @Override
    public ValidationMode getValidationMode() {
        return ValidationMode.NONE;
    }

    @Override
    public Properties getProperties() {
        return new Properties();
    }

    @Override
    public String getPersistenceXMLSchemaVersion() {
        return "3.0";
    }

    @Override
    public ClassLoader getClassLoader() {
        return EventUnit.class.getClassLoader();
    }

    @Override
    public void addTransformer(ClassTransformer transformer) { }

    @Override
    public ClassLoader getNewTempClassLoader() {
        return new ClassLoader(getClassLoader()) { };
    }
}
