package org.intelmq.manager;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Json;
import org.intelmq.pipeline.Installation;

/**
 * The pages of IntelMQ's web manager, from a folder that the operator names: files of that folder and nothing else, whatever links
 * and dots say. Thread-safe.
 */
public final class ManagerPages {

    /** The variable that names the folder; without it there are no pages. */
    public static final String FOLDER = "INTELMQ_MANAGER_DIR";

    private static final String DYNAMIC = "js/dynvar.js";
    private static final String OF_SITE = "js/var.js";
    private static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
            + "font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    private static final Map<String, String> TYPES = Map.ofEntries(Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"), Map.entry("css", "text/css; charset=utf-8"), Map.entry("json", "application/json"),
            Map.entry("map", "application/json"), Map.entry("svg", "image/svg+xml"), Map.entry("png", "image/png"), Map.entry("gif", "image/gif"),
            Map.entry("jpg", "image/jpeg"), Map.entry("jpeg", "image/jpeg"), Map.entry("ico", "image/vnd.microsoft.icon"),
            Map.entry("woff", "font/woff"), Map.entry("woff2", "font/woff2"), Map.entry("ttf", "font/ttf"), Map.entry("otf", "font/otf"),
            Map.entry("eot", "application/vnd.ms-fontobject"), Map.entry("txt", "text/plain; charset=utf-8"));

    private final Path folder;
    private final Installation installation;
    private final String context;

    /**
     * @param folder  {@code null} if there are no pages
     * @param context the path under which the application is deployed; empty for the server's own root
     */
    public ManagerPages(Path folder, Installation installation, String context) {
        this.folder = folder;
        this.installation = installation;
        this.context = context;
    }

    /** @param path decoded, below the folder; empty for its first page */
    public Answer page(String method, String path) throws IOException {
        if (folder == null) {
            return guarded(Answer.text(404, "IntelMQ's web manager is not offered: name the folder of its pages in " + FOLDER + ".\n"));
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return guarded(Answer.text(405, "Method Not Allowed\n").with("allow", "GET, HEAD"));
        }
        String name = path.isEmpty() || path.endsWith("/") ? path + "index.html" : path;
        Path file = file(name);
        Answer answer = file != null ? content(file) : switch (name) {
            case DYNAMIC -> dynamic();
            case OF_SITE -> ofSite();
            default -> Answer.text(404, "Not Found\n");
        };
        return guarded(method.equals("HEAD") ? answer.withoutBody() : answer);
    }

    /** {@code null} if there is none in the folder. */
    private Path file(String name) throws IOException {
        try {
            Path real = folder.toRealPath();
            Path file = real.resolve(name).normalize();
            boolean isThere = file.startsWith(real) && Files.isRegularFile(file) && file.toRealPath().startsWith(real);
            return isThere ? file.toRealPath() : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static Answer content(Path file) throws IOException {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (Files.size(file) > WholeFile.LARGEST) {
            return Answer.text(413, name + " has more than " + WholeFile.LARGEST + " bytes\n");
        }
        return new Answer(200, Map.of("content-type", TYPES.getOrDefault(ending, "application/octet-stream")), WholeFile.bytes(file));
    }

    /** What the pages learn about the server, if the folder does not say it. */
    private Answer dynamic() {
        return script("var ALLOWED_PATH = " + Json.write(installation.bots() + "/") + ";\nvar CONTROLLER_CMD = \"intelmqctl\";\n");
    }

    /** All pages ask for it, and browsers complain if it is missing: where the interface is, if that is not where the pages look for it. */
    private Answer ofSite() {
        return script(context.isEmpty() ? "" : "var ROOT = window.location.origin + " + Json.write(context + "/intelmq") + ";\n");
    }

    private static Answer script(String script) {
        return new Answer(200, Map.of("content-type", TYPES.get("js")), script.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer guarded(Answer answer) {
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.put("content-security-policy", POLICY);
        headers.put("x-content-type-options", "nosniff");
        headers.put("referrer-policy", "same-origin");
        headers.put("cache-control", "no-cache");
        return new Answer(answer.status(), headers, answer.body());
    }
}
