package org.intelmq.administration.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.configuration.RuntimeText;
import org.intelmq.bot.BotType;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.yaml.ConfigurationText;

/**
 * Which files may be read and written: those that a configured bot names as its rules, that are in {@code etc} or
 * {@code var/lib/bots} without a link on the way, and are not the server's own.
 */
final class RuleFiles {

    static final long LARGEST = 4L << 20;
    /** Accounts, tokens, certificates and the configuration itself are directly in {@code etc} under such names. */
    private static final Pattern OF_THE_SERVER =
            Pattern.compile("(?:runtime|harmonization|defaults|pipeline)\\..*|\\..*|.*\\.(?:json|ya?ml|token|key|pem|p12|jks|bak|new)");

    private final Site site;

    RuleFiles(Site site) {
        this.site = site;
    }

    /** A file and what names it. */
    record Named(String file, Path path, BotType<?> type, Set<String> bots) { }

    /** By name, those that may be read and written. */
    Map<String, Named> all() {
        Map<String, Named> all = new LinkedHashMap<>();
        each((bot, type) -> {
            Path path = path(bot, type);
            if (path != null && refusal(path) == null) {
                String name = name(path);
                all.computeIfAbsent(name, missing -> new Named(name, path, type, new LinkedHashSet<>())).bots().add(bot.id());
            }
        });
        return all;
    }

    /** @throws Refusal {@code unknown-file} also if it is there and no bot names it */
    Named known(String name) {
        Named found = all().get(name);
        if (found == null) {
            throw new Refusal(Refusal.Kind.UNKNOWN, "unknown-file", "no bot has the rules \"" + name + "\", or they may not be changed here: expected one of "
                    + all().keySet(), "Name the file in a bot's parameters. It must lie in etc or var/lib/bots, and no link may lead to it.");
        }
        return found;
    }

    private void each(BiConsumer<BotConfiguration, BotType<?>> work) {
        site.configuration().bots().values().forEach(bot -> {
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

    private String name(Path path) {
        return site.installation().root().relativize(path).toString();
    }

    /** Why it is none of those; {@code null} if it is. */
    private String refusal(Path path) {
        Installation installation = site.installation();
        try {
            Path base = path.startsWith(installation.bots()) ? installation.bots() : path.startsWith(installation.etc()) ? installation.etc() : null;
            if (base == null) {
                return "it lies elsewhere";
            }
            for (Path part = path; !part.equals(base); part = part.getParent()) {
                if (Files.isSymbolicLink(part)) {
                    return "a link leads to it";
                }
            }
            boolean isInEtc = base.equals(installation.etc());
            if (isInEtc && (path.getParent().equals(base) && OF_THE_SERVER.matcher(path.getFileName().toString()).matches() || isPrivate(path))) {
                return "it belongs to the server itself";
            }
            boolean isUsable = !Files.exists(path) || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) <= LARGEST;
            return isUsable ? null : "it is not a file of rules";
        } catch (IOException e) {
            return e.toString();
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
