package org.intelmq.bots.collectors.rt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.bot.Reply;

/** The server's name for a file that it has sent. */
final class FileName {

    private static final Pattern NAMED = Pattern.compile("filename\\s*=\\s*(?:\"([^\"]*)\"|([^;]+))", Pattern.CASE_INSENSITIVE);

    private FileName() { }

    /** From the header Content-Disposition, or else the end of the address; without folders. {@code null} if there is neither. */
    static String of(Reply reply) {
        String disposition = reply.header("Content-Disposition");
        Matcher named = NAMED.matcher(disposition == null ? "" : disposition);
        String name = !named.find() ? reply.request().uri().getPath() : named.group(1) != null ? named.group(1) : named.group(2).strip();
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return last.isEmpty() ? null : last;
    }
}
