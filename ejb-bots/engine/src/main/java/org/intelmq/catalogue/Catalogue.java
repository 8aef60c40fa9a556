package org.intelmq.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.intelmq.bot.BotPack;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;

/** Which bots exist: those of the {@link BotPack}s on the class path, ours and others. Immutable, thread-safe. */
public final class Catalogue {

    private final Map<String, BotType<?>> byModule = new TreeMap<>();
    private final List<URL> feedLists;

    private Catalogue(Stream<BotType<?>> types, List<URL> feedLists) {
        this.feedLists = List.copyOf(feedLists);
        types.forEach(type -> {
            BotType<?> twin = byModule.putIfAbsent(type.module(), type);
            if (twin != null) {
                throw new IllegalStateException("two bots have the module " + type.module() + ": " + twin.name() + " and " + type.name());
            }
        });
    }

    /** The bots of each {@link BotPack} that the class loader finds, ours among them. */
    public static Catalogue load(ClassLoader loader) {
        List<BotPack> packs = ServiceLoader.load(BotPack.class, loader).stream().map(ServiceLoader.Provider::get).toList();
        return new Catalogue(packs.stream().flatMap(pack -> pack.types().stream()), packs.stream().map(BotPack::feeds).filter(Objects::nonNull).toList());
    }

    /**
     * Our own bots and those of the jars in a folder, which may be missing.
     *
     * @throws UncheckedIOException if the folder cannot be read
     * @throws ConfigurationException if a jar names bots that it does not have
     */
    public static Catalogue load(ClassLoader loader, Path jars) {
        if (!Files.isDirectory(jars)) {
            return load(loader);
        }
        List<URL> urls = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(jars, "*.jar")) {
            for (Path jar : found) {
                urls.add(jar.toUri().toURL());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of further bots, " + jars + ", cannot be read", e);
        }
        urls.sort(Comparator.comparing(URL::getPath));
        try {
            return load(new URLClassLoader(urls.toArray(URL[]::new), loader));
        } catch (ServiceConfigurationError e) {
            throw new ConfigurationException("a jar in " + jars + " cannot be used: " + e.getMessage() + ". Correct its META-INF/services/"
                    + BotPack.class.getName() + ", or move the jar away", e);
        }
    }

    public static Catalogue of(Collection<BotType<?>> types) {
        return new Catalogue(types.stream(), List.of());
    }

    /** {@code null} if there is none. */
    public BotType<?> find(String module) {
        return byModule.get(module);
    }

    /** Where the packs say which feeds their bots can fetch. */
    public List<URL> feedLists() {
        return feedLists;
    }

    /** Sorted by module. */
    public Collection<BotType<?>> types() {
        return byModule.values();
    }
}
