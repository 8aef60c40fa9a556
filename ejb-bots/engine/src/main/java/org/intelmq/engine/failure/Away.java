package org.intelmq.engine.failure;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UnavailableException;
import org.intelmq.parameters.SecretFiles;
import org.intelmq.text.Shortened;

/** Distinguishes failures of another system from errors in the configuration or the message. */
public final class Away {

    /** Error texts of the operating system for file systems that may come back, mostly network file systems. */
    private static final List<String> OF_FILES = List.of("stale", "host is down", "endpoint is not connected", "no route to host", "timed out",
            "input/output error", "i/o error", "temporarily unavailable");

    /** Error texts of the operating system for file systems that take nothing more, and what an operator can do. */
    private static final Map<String, String> OF_FULL_FILES = Map.of(
            "no space left", "Free some space on that file system.",
            "quota exceeded", "Free some space, or raise the quota.",
            "read-only file system", "Make that file system writable again; after an error of the disk, check it first.");
    private static final int LONGEST_REASON = 2_000;

    private Away() { }

    /** Whether a bot that cannot be created now can be created once another system is back. */
    public static boolean keepsFromStarting(Exception failure) {
        return failure instanceof IOException && !(failure instanceof FileSystemException) || isService(failure) || isConnection(failure)
                || chain(failure).anyMatch(each -> each instanceof SocketTimeoutException || each instanceof SocketException
                || each instanceof HttpTimeoutException);
    }

    /** Whether no message can be processed now: the bot itself says so, or a file system takes nothing more. */
    public static boolean isService(Throwable failure) {
        return chain(failure).anyMatch(each -> each instanceof UnavailableException || remedy(each).isPresent());
    }

    /** What helps if the failure is that of a file system that is full or read-only. */
    private static Optional<String> remedy(Throwable failure) {
        String text = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        if (text == null || failure.getClass() != FileSystemException.class && failure.getClass() != IOException.class) {
            return Optional.empty();
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return OF_FULL_FILES.entrySet().stream().filter(each -> lower.contains(each.getKey())).map(Map.Entry::getValue).findFirst();
    }

    /** Whether no connection could be made, or the file system is unreachable; the cause may be this one message. */
    public static boolean isConnection(Throwable failure) {
        return chain(failure).anyMatch(each -> each instanceof ConnectException || each instanceof UnknownHostException
                || each instanceof NoRouteToHostException || each instanceof HttpConnectTimeoutException
                || each instanceof FileSystemException file && isPassing(file));
    }

    private static boolean isPassing(FileSystemException failure) {
        String reason = failure.getReason() == null ? "" : failure.getReason().toLowerCase(Locale.ROOT);
        return failure.getClass() == FileSystemException.class && OF_FILES.stream().anyMatch(reason::contains);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable each = failure; each != null && !chain.contains(each); each = each.getCause()) {
            chain.add(each);
        }
        return chain.stream();
    }

    /** Why it failed, as an operator is told. */
    public static String reason(Throwable failure) {
        Optional<Throwable> full = chain(failure).filter(each -> remedy(each).isPresent()).findFirst();
        if (full.isPresent()) {
            return SecretFiles.hiddenAnywhere(full.get().getMessage()) + ". " + remedy(full.get()).get();
        }
        boolean ours = failure instanceof UnavailableException || failure instanceof ConfigurationException;
        String message = failure.getMessage();
        return Shortened.to(LONGEST_REASON, message == null ? failure.toString() : SecretFiles.hiddenAnywhere(
                ours || failure.getClass() == IOException.class ? message : failure.getClass().getSimpleName() + ": " + message));
    }
}
