package org.intelmq.admin;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The console's files. Its pages are addresses for which one document is served; what it shows is decided in the browser. The page for trying
 * out the interface has its own document. Files are kept in memory, compressed once, and the browser revalidates them by their {@code ETag}.
 */
@WebServlet({"", "/pipeline/*", "/bots/*", "/dumps/*", "/queues/*", "/feeds/*", "/rules/*", "/events/*", "/situation/*", "/system/*", "/welcome/*",
        "/login/*", ConsoleServlet.DOCS, "/app/*", "/lib/*"})
public class ConsoleServlet extends HttpServlet {

    static final String DOCS = "/api/v1/docs";

    private static final long serialVersionUID = 1L;
    private static final String DOCUMENT = "/index.html";
    private static final String DOCS_DOCUMENT = "/docs.html";

    private final transient Map<String, ConsoleFile> files = new ConcurrentHashMap<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String page = request.getServletPath();
        boolean isFile = page.equals("/app") || page.equals("/lib");
        ConsoleFile file = file(isFile ? page + request.getPathInfo() : page.equals(DOCS) ? DOCS_DOCUMENT : DOCUMENT);
        if (file == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (!isFile) {
            response.setHeader("Content-Security-Policy", file.policy());
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", file.tag());
        response.setHeader("Vary", "Accept-Encoding");
        if (file.tag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        String encodings = request.getHeader("Accept-Encoding");
        boolean isCompressed = file.compressed() != null && encodings != null && encodings.contains("gzip");
        byte[] content = isCompressed ? file.compressed() : file.content();
        if (isCompressed) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentType(file.type());
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    /** Returns {@code null} if there is none, which includes names that lead out of the folders. */
    private ConsoleFile file(String name) throws IOException {
        ConsoleFile known = files.get(name);
        if (known != null) {
            return known;
        }
        if (name.contains("..") || name.contains("//") || name.contains("\\") || !ConsoleFile.isServed(name)) {
            return null;
        }
        try (InputStream in = getServletContext().getResourceAsStream(name)) {
            if (in == null) {
                return null;
            }
            ConsoleFile read = ConsoleFile.of(name, in.readAllBytes());
            files.put(name, read);
            return read;
        }
    }
}
