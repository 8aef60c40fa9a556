package org.intelmq.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.files.PrivateFiles;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;

/** Brings databases of configured bots up to date: each file once, put in place only when it is complete. */
public final class DatabaseUpdates {

    private final Installation installation;
    private final Catalogue catalogue;
    private final Function<HttpParams, Http> http;

    public DatabaseUpdates(Installation installation, Catalogue catalogue, Function<HttpParams, Http> http) {
        this.installation = installation;
        this.catalogue = catalogue;
        this.http = http;
    }

    /**
     * The update of one database.
     *
     * @param bots the bots that use it
     * @param problem why it could not be updated; {@code null} if it was
     */
    public record Update(Path file, List<String> bots, String problem) { }

    /** In the order of the bots, without those that have no database to update. */
    public List<Update> run(List<BotConfiguration> bots) {
        Map<Path, List<BotConfiguration>> byFile = new LinkedHashMap<>();
        for (BotConfiguration bot : bots) {
            BotType<?> type = bot.module() == null ? null : catalogue.find(bot.module());
            Path file = type == null ? null : file(type, bot);
            if (file != null) {
                byFile.computeIfAbsent(file, missing -> new ArrayList<>()).add(bot);
            }
        }
        List<Update> updates = new ArrayList<>();
        byFile.forEach((file, users) -> updates.add(new Update(file, users.stream().map(BotConfiguration::id).toList(),
                fetch(catalogue.find(users.get(0).module()), users.get(0), file))));
        return updates;
    }

    private <P extends Record> Path file(BotType<P> type, BotConfiguration bot) {
        P params = params(type.params(), bot);
        Path file = type.update() == null || params == null ? null : type.update().file().apply(params);
        return file == null ? null : installation.bots().resolve(file);
    }

    private <P extends Record> P params(Class<P> type, BotConfiguration bot) {
        return ParameterSchema.of(type).read(bot.parameters(), Set.copyOf(bot.parameters().keySet()),
                new ParameterSchema.Folders(installation.root(), installation.bots())).value();
    }

    private <P extends Record> String fetch(BotType<P> type, BotConfiguration bot, Path file) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        List<Path> folders = missingFolders(file);
        try {
            PrivateFiles.createDirectories(file.getParent());
            try (OutputStream target = PrivateFiles.newOutputStream(fresh)) {
                type.update().fetch().fetch(params(type.params(), bot), http.apply(params(HttpParams.class, bot)), target);
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return discard(fresh, folders, "interrupted");
        } catch (Exception e) {
            return discard(fresh, folders, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** The innermost first. */
    private static List<Path> missingFolders(Path file) {
        List<Path> missing = new ArrayList<>();
        for (Path folder = file.getParent(); folder != null && Files.notExists(folder); folder = folder.getParent()) {
            missing.add(folder);
        }
        return missing;
    }

    /** @param folders that were made for it and go as well, unless something else is in them meanwhile */
    private static String discard(Path fresh, List<Path> folders, String problem) {
        try {
            Files.deleteIfExists(fresh);
            for (Path folder : folders) {
                Files.deleteIfExists(folder);
            }
            return problem;
        } catch (DirectoryNotEmptyException e) {
            return problem;
        } catch (IOException e) {
            return problem + "; " + e.getMessage() + " cannot be deleted";
        }
    }
}
