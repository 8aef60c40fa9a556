package org.intelmq.administration.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.configuration.RuntimeText;
import org.intelmq.administration.history.Revision;
import org.intelmq.administration.history.TextDiff;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.pipeline.ConfigurationFile;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;

/**
 * Saves a file of rules and reloads the bots that work by it; if one refuses, file and bots are as before.
 *
 * @param file    as {@link RuleFile} names it
 * @param reason  for the history
 * @param version of the text that was changed; {@code null} if it does not matter
 */
public record WriteRules(String file, String text, String reason, String version) implements Command<WriteRules.Done> {

    /** @param bots that were reloaded, with the state they are in */
    public record Done(Long revision, String version, Map<String, BotState> bots) { }

    @Override
    public Role needs() {
        return Role.EDITOR;
    }

    @Override
    public String summary() {
        return "save " + file + (reason == null || reason.isBlank() ? "" : " --reason \"" + reason.strip() + '"');
    }

    @Override
    public Done perform(Site site) throws Exception {
        if (text == null || text.length() > RuleFiles.LARGEST) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-text", text == null ? "there is no text" : "the text has more than " + RuleFiles.LARGEST
                    + " characters", "Send the whole file in 'text'.");
        }
        return site.store().alone(() -> save(site));
    }

    private Done save(Site site) throws IOException {
        RuleFiles.Named named = new RuleFiles(site).known(file);
        String before = RuleFiles.text(named);
        String known = RuleFiles.version(named);
        if (version != null && !version.equals(known)) {
            throw new Refusal(Refusal.Kind.CONFLICT, "changed-meanwhile", file + " has been changed by somebody else",
                    "Fetch it again and repeat your change.", List.of(), TextDiff.unified(file, text, before));
        }
        RuleTrial.requireUsable(RuleTrial.read(site, RuleFiles.kind(named), text), named.bots().iterator().next());
        if (text.equals(before) && known != null) {
            return new Done(null, known, Map.of());
        }
        if (!site.store().isShared() && site.store().history().newest(file) == null && known != null) {
            site.store().record(null, "as it was found", file, before);
        } else {
            ReadRules.note(site, named, before);
        }
        List<String> running = site.control().status(named.bots()).entrySet().stream().filter(each -> each.getValue() == BotState.RUNNING)
                .map(Map.Entry::getKey).toList();
        write(named, text);
        BotControl control = site.store().isShared() ? site.control().here() : site.control();
        List<Problem> refused = reload(control, running);
        if (!refused.isEmpty()) {
            undo(named, before, known);
            running.forEach(bot -> control.start(List.of(bot)));
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "bot-refused", "bot '" + refused.get(0).bot() + "' does not start with these rules: "
                    + refused.get(0).text(), "The file has not changed. Fix the rules.", refused);
        }
        Revision revision;
        try {
            revision = site.store().record(site.caller(), reason == null || reason.isBlank() ? null : reason.strip(), file, text);
        } catch (Refusal unknownToOthers) {
            undo(named, before, known);
            running.forEach(bot -> control.reload(List.of(bot)));
            throw unknownToOthers;
        }
        return new Done(revision.revision(), RuntimeText.version(text), new LinkedHashMap<>(site.control().status(running)));
    }

    private static void write(RuleFiles.Named named, String content) throws IOException {
        Files.createDirectories(named.path().getParent());
        ConfigurationFile.replace(named.path(), content);
    }

    private static void undo(RuleFiles.Named named, String before, String known) throws IOException {
        if (known == null) {
            Files.delete(named.path());
        } else {
            write(named, before);
        }
    }

    private static List<Problem> reload(BotControl control, List<String> running) {
        List<Problem> refused = new ArrayList<>();
        for (String bot : running) {
            if (control.reload(List.of(bot)).get(bot) != BotState.RUNNING && control.missing().contains(bot)) {
                BotStatistics statistics = control.statistics(bot);
                refused.add(new Problem(bot, null, Severity.REFUSED, statistics == null || statistics.lastError() == null ? "see its log"
                        : statistics.lastError()));
            }
        }
        return refused;
    }
}
