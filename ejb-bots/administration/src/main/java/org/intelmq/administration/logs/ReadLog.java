package org.intelmq.administration.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.intelmq.administration.Limit;
import org.intelmq.administration.Page;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.administration.bots.KnownBot;
import org.intelmq.control.LogFile;

/**
 * What a bot has written, newest first; equal lines that follow each other are one entry. A page looks at 32 MiB at most, and so may
 * be empty and have a cursor nevertheless.
 *
 * @param level  the least severe to show; {@code null} for INFO
 * @param text   what a message must contain, in any case; {@code null} or empty for anything
 * @param lines  how many entries
 * @param cursor as the page before answered it; {@code null} for the newest
 */
public record ReadLog(String bot, LogFile.Level level, String text, int lines, String cursor) implements Query<Page<LogEntry>> {

    private static final int MOST = 1000;

    @Override
    public Page<LogEntry> perform(Site site) throws IOException {
        Path file = site.installation().log(KnownBot.of(site, bot)).resolve(bot + ".log");
        LogPage page = new LogPage(level == null ? LogFile.Level.INFO : level, text == null ? "" : text, Limit.of("lines", lines, MOST));
        List<LogEntry> entries = page.read(file, Page.number(cursor, Long.MAX_VALUE));
        return new Page<>(entries, page.next() < 0 ? null : String.valueOf(page.next()));
    }
}
