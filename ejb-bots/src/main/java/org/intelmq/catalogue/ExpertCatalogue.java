package org.intelmq.catalogue;

import java.util.List;
import org.intelmq.bot.BotType;
import org.intelmq.bots.experts.cymruwhois.CymruWhoisExpert;
import org.intelmq.bots.experts.deduplicator.DeduplicatorExpert;
import org.intelmq.bots.experts.filter.FilterExpert;
import org.intelmq.bots.experts.gethostbyname.GethostbynameExpert;
import org.intelmq.bots.experts.modify.ModifyExpert;
import org.intelmq.bots.experts.rfc1918.Rfc1918Expert;
import org.intelmq.bots.experts.sieve.SieveExpert;
import org.intelmq.bots.experts.taxonomy.TaxonomyExpert;
import org.intelmq.bots.experts.url.UrlExpert;
import org.intelmq.bots.experts.url2fqdn.Url2fqdnExpert;

/** The experts of this application, sorted by module, one a line. */
final class ExpertCatalogue {

    static final List<BotType<?>> ALL = List.of(
            CymruWhoisExpert.TYPE,
            DeduplicatorExpert.TYPE,
            FilterExpert.TYPE,
            GethostbynameExpert.TYPE,
            ModifyExpert.TYPE,
            Rfc1918Expert.TYPE,
            SieveExpert.TYPE,
            TaxonomyExpert.TYPE,
            UrlExpert.TYPE,
            Url2fqdnExpert.TYPE
    );

    private ExpertCatalogue() { }
}
