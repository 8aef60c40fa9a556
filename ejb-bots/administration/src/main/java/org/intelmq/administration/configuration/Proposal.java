package org.intelmq.administration.configuration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.control.BotState;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * What somebody wants to be in force, with what it was based on and what is in force now.
 *
 * @param version of the draft; of a text given whole, its own
 */
record Proposal(RuntimeText base, RuntimeText mine, RuntimeText theirs, String version, String reason) {

    /** @param text in place of all that is in force; {@code null} for the caller's draft */
    static Proposal of(Site site, String text) throws IOException {
        RuntimeText now = site.store().current();
        if (text != null) {
            RuntimeText wanted = site.store().unmasked(text);
            return new Proposal(now, wanted, now, wanted.version(), null);
        }
        Drafts.Stored draft = Draft.begun(site);
        return new Proposal(draft.base(), draft.text(), now, draft.text().version(), draft.reason());
    }

    Merge merge(Map<String, String> resolve) {
        // what is in force may be broken, and this is to mend it
        return base.equals(theirs) ? new Merge(mine.sections(), List.of()) : Merge.of(base.sections(), mine.sections(), theirs.sections(), resolve);
    }

    /** The text to put in force: as it was written, if nobody has changed anything meanwhile. */
    RuntimeText result(Merge merge) {
        return base.equals(theirs) ? mine : theirs.with(merge.sections());
    }

    Planning planning(Site site, RuntimeText result) {
        RuntimeConfiguration before = inForce(site);
        Set<String> running = new HashSet<>();
        site.control().status(before.bots().keySet()).forEach((bot, state) -> {
            if (state == BotState.RUNNING) {
                running.add(bot);
            }
        });
        return new Planning(before, result.configuration(site.environment()), running, site.control().queues(), site.catalogue());
    }

    /** While the file is broken, the bots go on with what could last be read of it. */
    private RuntimeConfiguration inForce(Site site) {
        try {
            return theirs.configuration(site.environment());
        } catch (Refusal broken) {
            return site.configuration();
        }
    }

    Plan plan(Site site, Map<String, String> resolve) throws IOException {
        Merge merge = merge(resolve);
        RuntimeText result = result(merge);
        Planning planning = planning(site, result);
        requireSections(planning);
        Planning.Steps steps = planning.steps();
        String now = site.store().masked(theirs);
        return new Plan(version, steps.starts(), steps.restarts(), steps.reloads(), steps.stops(), steps.removes(),
                ConfigurationStore.changes(now, site.store().masked(result)), masked(site, merge.conflicts()),
                ConfigurationStore.changes(site.store().masked(base), now));
    }

    /** What is no bot's section would be left out of the plan, and refused when it is applied. */
    private static void requireSections(Planning planning) {
        List<Problem> fresh = new ArrayList<>(planning.after().problems());
        fresh.removeAll(planning.before().problems());
        fresh.removeIf(problem -> !problem.isRefused());
        if (!fresh.isEmpty()) {
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "refused", fresh.get(0).text()
                    + (fresh.size() > 1 ? ", and " + (fresh.size() - 1) + " more" : ""), "Fix the problems, then plan again.", fresh);
        }
    }

    /** What both have changed in different ways, so that somebody must decide. */
    Refusal conflict(Site site, Merge merge) throws IOException {
        List<Conflict> conflicts = masked(site, merge.conflicts());
        return new Refusal(Refusal.Kind.CONFLICT, "changed-meanwhile", "somebody else has changed " + String.join(", ", conflicts.stream().map(Conflict::place)
                .toList()), "Choose mine or theirs for each, and send the choices in 'resolve'.", List.of(), conflicts);
    }

    /** The same conflicts with what may be shown of them. */
    private List<Conflict> masked(Site site, List<Conflict> conflicts) throws IOException {
        if (conflicts.isEmpty()) {
            return conflicts;
        }
        Map<String, Object> old = new RuntimeText(site.store().masked(base)).sections();
        Map<String, Object> own = new RuntimeText(site.store().masked(mine)).sections();
        Map<String, Object> now = new RuntimeText(site.store().masked(theirs)).sections();
        List<Conflict> shown = new ArrayList<>();
        for (Conflict each : conflicts) {
            Place place = new Place(each.bot(), each.parameter(), each.key());
            shown.add(new Conflict(each.place(), each.bot(), each.parameter(), each.key(), place.in(old), place.in(own), place.in(now)));
        }
        return shown;
    }
}
