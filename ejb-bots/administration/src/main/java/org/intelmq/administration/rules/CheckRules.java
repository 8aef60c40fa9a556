package org.intelmq.administration.rules;

import java.util.List;
import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.bot.RuleText;

/**
 * What is wrong with a text of rules.
 *
 * @param kind such as {@code sieve}
 */
public record CheckRules(String kind, String text) implements Query<List<RuleText.Mistake>> {

    @Override
    public Role needs() {
        return Role.EDITOR;
    }

    @Override
    public List<RuleText.Mistake> perform(Site site) {
        return RuleTrial.read(site, kind, text).mistakes();
    }
}
