package org.intelmq.administration.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.configuration.RuntimeText;
import org.intelmq.bot.BotType;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.ConfigurationText;

/**
 * Which files may be read and written: those that a configured bot names as its rules, that are in {@code etc} or
 * {@code var/lib/bots} without a link on the way, and are not the server's own.
 */
public final class RuleFiles {

    static final long LARGEST = 4L << 20;
    /** Accounts, tokens, certificates and the configuration itself are directly in {@code etc} under such names. */
    private static final Pattern OF_THE_SERVER =
            Pattern.compile("(?:runtime|harmonization|defaults|pipeline)\\..*|\\..*|.*\\.(?:json|ya?ml|token|key|pem|p12|jks|bak|new)");

    private static final Logger LOG = Logger.getLogger(RuleFiles.class.getName());

    private final Site site;
    private final RuntimeConfiguration configuration;

    RuleFiles(Site site) {
        this(site, site.configuration());
    }

    /** @param configuration whose bots name them */
    public RuleFiles(Site site, RuntimeConfiguration configuration) {
        this.site = site;
        this.configuration = configuration;
    }

    /**
     * A file and what names it.
     *
     * @param barrier {@code null} if it may be read and written
     */
    public record Named(String file, Path path, BotType<?> type, Set<String> bots, RuleFile.Barrier barrier) {

        public boolean isOpen() {
            return barrier == null;
        }
    }

    /** By name, also those that may not be read and written. */
    public Map<String, Named> all() {
        Map<String, Named> all = new LinkedHashMap<>();
        each((bot, type) -> {
            Path path = path(bot, type);
            if (path != null) {
                RuleFile.Barrier barrier = barrier(path);
                String name = (barrier == RuleFile.Barrier.ELSEWHERE ? path : site.installation().root().relativize(path)).toString();
                all.computeIfAbsent(name, missing -> new Named(name, path, type, new LinkedHashSet<>(), barrier)).bots().add(bot.id());
            }
        });
        return all;
    }

    /** @throws Refusal {@code unknown-file} also if it is there and no bot names it */
    Named known(String name) {
        Named found = all().get(name);
        if (found == null || !found.isOpen()) {
            List<String> open = all().values().stream().filter(Named::isOpen).map(Named::file).toList();
            throw new Refusal(Refusal.Kind.UNKNOWN, "unknown-file", "no bot has the rules \"" + name
                    + "\", or they may not be changed here: expected one of " + String.join(", ", open),
                    "Name the file in a bot's parameters. It must lie in etc or var/lib/bots, and no link may lead to it.");
        }
        return found;
    }

    private void each(BiConsumer<BotConfiguration, BotType<?>> work) {
        configuration.bots().values().forEach(bot -> {
            BotType<?> type = bot.module() == null ? null : site.catalogue().find(bot.module());
            if (type != null && type.rules() != null) {
                work.accept(bot, type);
            }
        });
    }

    private Path path(BotConfiguration bot, BotType<?> type) {
        return path(type, parameters(bot, type), site.installation());
    }

    @SuppressWarnings("unchecked")
    private static <P extends Record> Path path(BotType<P> type, Record parameters, Installation installation) {
        Path file = parameters == null ? null : type.rules().file().apply((P) parameters);
        return file == null ? null : installation.bots().resolve(file).normalize();
    }

    /** {@code null} if they cannot be read. */
    private Record parameters(BotConfiguration bot, BotType<?> type) {
        ParameterSchema.Folders folders = new ParameterSchema.Folders(site.installation().root(), site.installation().bots());
        return ParameterSchema.of(type.params()).read(bot.parameters(), bot.parameters().keySet(), folders).value();
    }

    /** {@code null} if there is none. */
    private RuleFile.Barrier barrier(Path path) {
        Installation installation = site.installation();
        try {
            Path base = path.startsWith(installation.bots()) ? installation.bots() : path.startsWith(installation.etc()) ? installation.etc() : null;
            if (base == null) {
                return RuleFile.Barrier.ELSEWHERE;
            }
            for (Path part = path; !part.equals(base); part = part.getParent()) {
                if (Files.isSymbolicLink(part)) {
                    return RuleFile.Barrier.LINK;
                }
            }
            boolean isInEtc = base.equals(installation.etc());
            if (isInEtc && (path.getParent().equals(base) && OF_THE_SERVER.matcher(path.getFileName().toString()).matches() || isPrivate(path))) {
                return RuleFile.Barrier.PRIVATE;
            }
            boolean isUsable = !Files.exists(path) || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) <= LARGEST;
            return isUsable ? null : RuleFile.Barrier.UNSUITABLE;
        } catch (IOException e) {
            LOG.log(Level.WARNING, e, () -> path + " cannot be looked at; it is not offered for editing");
            return RuleFile.Barrier.UNREADABLE;
        }
    }

    /** Accounts and tokens are for their owner alone. */
    private static boolean isPrivate(Path path) throws IOException {
        if (!Files.exists(path) || !path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
        return !rights.contains(PosixFilePermission.GROUP_READ) && !rights.contains(PosixFilePermission.OTHERS_READ);
    }

    static RuleFile described(Named named) throws IOException {
        String barrier = named.isOpen() ? null : named.barrier().word();
        return new RuleFile(named.file(), kind(named), List.copyOf(named.bots()), named.isOpen() ? version(named) : null, barrier);
    }

    /** Empty if it does not exist yet. */
    static String text(Named named) throws IOException {
        return Files.exists(named.path()) ? ConfigurationText.read(named.path()) : "";
    }

    static String version(Named named) throws IOException {
        return Files.exists(named.path()) ? RuntimeText.version(text(named)) : null;
    }

    static String kind(Named named) {
        return named.type().rules().kind();
    }
}
