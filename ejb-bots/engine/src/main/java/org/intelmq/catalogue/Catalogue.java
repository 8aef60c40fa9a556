package org.intelmq.catalogue;

import java.net.URL;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.intelmq.bot.BotPack;
import org.intelmq.bot.BotType;
import org.intelmq.pipeline.Problem;

/** Which bots exist: those of the {@link BotPack}s on the class path, ours and others. Immutable, thread-safe. */
public final class Catalogue {

    private final Map<String, BotType<?>> byModule = new TreeMap<>();
    private final List<URL> feedLists;

    /** {@code null} if there is no folder for them. */
    private final BotJars jars;

    private Catalogue(Stream<BotType<?>> types, List<URL> feedLists, BotJars jars) {
        this.feedLists = List.copyOf(feedLists);
        this.jars = jars;
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
        return new Catalogue(packs.stream().flatMap(pack -> pack.types().stream()), packs.stream().map(BotPack::feeds).filter(Objects::nonNull).toList(),
                null);
    }

    /** Our own bots and those of the jars in a folder, which may be missing; jars that cannot be used are {@link #problems()}. */
    public static Catalogue load(ClassLoader loader, Path folder) {
        Catalogue ours = load(loader);
        BotJars jars = new BotJars(folder, loader, ours.byModule.keySet());
        return new Catalogue(Stream.concat(ours.types().stream(), jars.types().stream()),
                Stream.concat(ours.feedLists().stream(), jars.feedLists().stream()).toList(), jars);
    }

    public static Catalogue of(Collection<BotType<?>> types) {
        return new Catalogue(types.stream(), List.of(), null);
    }

    /** Returns {@code null} if there is none. */
    public BotType<?> find(String module) {
        return byModule.get(module);
    }

    /** Where the packs say which feeds their bots can fetch. */
    public List<URL> feedLists() {
        return feedLists;
    }

    /** What is wrong with the jars of the users' own bots. */
    public List<Problem> problems() {
        return jars == null ? List.of() : jars.problems();
    }

    /** The names of jars with users' own bots that were added, replaced or removed since they were read. */
    public Set<String> changedJars() {
        return jars == null ? Set.of() : jars.changed();
    }

    /** Sorted by module. */
    public Collection<BotType<?>> types() {
        return byModule.values();
    }
}
