package org.intelmq.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folders of an IntelMQ installation, and what the server adds to them. */
record Layout(Path root) {

    static Layout at(Path root) {
        return new Layout(root);
    }

    Path etc() {
        return root.resolve("etc");
    }

    Path logs() {
        return root.resolve("var/log");
    }

    Path run() {
        return root.resolve("var/run");
    }

    Path bots() {
        return root.resolve("var/lib/bots");
    }

    /** Where users put jars with bots of their own. */
    Path botJars() {
        return root.resolve("var/lib/bot-jars");
    }

    Path broker() {
        return root.resolve("var/lib/broker");
    }

    /** Rewritten at each start. */
    Path payara() {
        return root.resolve("var/lib/server");
    }

    /** The application, unpacked at the first start unless it lies unpacked with the installation. */
    Path application() {
        return root.resolve("var/lib/application");
    }

    /** Made when it is needed. */
    Path tls() {
        return root.resolve("var/lib/tls");
    }

    Path serverLog() {
        return logs().resolve("server.log");
    }

    void create() {
        try {
            for (Path folder : List.of(etc(), logs(), run(), bots(), botJars(), broker(), payara())) {
                Files.createDirectories(folder);
            }
        } catch (AccessDeniedException e) {
            throw new ServerException("no permission for " + e.getFile() + ": run as the owner of " + root + ", or choose another root with --root", e);
        } catch (IOException e) {
            throw new ServerException("the root " + root + " cannot be used: " + e, e);
        }
        for (Path folder : List.of(etc(), logs(), run(), bots(), broker(), payara())) {
            if (!Files.isReadable(folder) || folder != etc() && !Files.isWritable(folder)) {
                throw new ServerException("no permission for " + folder + ": run as its owner, or choose another root with --root");
            }
        }
    }
}
