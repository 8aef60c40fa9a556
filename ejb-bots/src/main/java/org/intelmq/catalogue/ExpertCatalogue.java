package org.intelmq.catalogue;

import java.util.List;
import org.intelmq.bot.BotType;
import org.intelmq.bots.experts.abusix.AbusixExpert;
import org.intelmq.bots.experts.aggregate.AggregateExpert;
import org.intelmq.bots.experts.asnlookup.AsnLookupExpert;
import org.intelmq.bots.experts.csvconverter.CsvConverterExpert;
import org.intelmq.bots.experts.cymruwhois.CymruWhoisExpert;
import org.intelmq.bots.experts.deduplicator.DeduplicatorExpert;
import org.intelmq.bots.experts.domainsuffix.DomainSuffixExpert;
import org.intelmq.bots.experts.domainvalid.DomainValidExpert;
import org.intelmq.bots.experts.doportal.DoPortalExpert;
import org.intelmq.bots.experts.fake.FakeExpert;
import org.intelmq.bots.experts.fieldreducer.FieldReducerExpert;
import org.intelmq.bots.experts.filter.FilterExpert;
import org.intelmq.bots.experts.formatfield.FormatFieldExpert;
import org.intelmq.bots.experts.genericdblookup.GenericDbLookupExpert;
import org.intelmq.bots.experts.geohash.GeohashExpert;
import org.intelmq.bots.experts.gethostbyname.GethostbynameExpert;
import org.intelmq.bots.experts.http.HttpContentExpert;
import org.intelmq.bots.experts.http.HttpStatusExpert;
import org.intelmq.bots.experts.idea.IdeaExpert;
import org.intelmq.bots.experts.jinja.JinjaExpert;
import org.intelmq.bots.experts.lookyloo.LookylooExpert;
import org.intelmq.bots.experts.maxmindgeoip.MaxmindGeoipExpert;
import org.intelmq.bots.experts.misp.MispExpert;
import org.intelmq.bots.experts.modify.ModifyExpert;
import org.intelmq.bots.experts.nationalcertcontactcertat.NationalCertContactCertAtExpert;
import org.intelmq.bots.experts.rdap.RdapExpert;
import org.intelmq.bots.experts.recordedfutureiprisk.RecordedFutureIpRiskExpert;
import org.intelmq.bots.experts.removeaffix.RemoveAffixExpert;
import org.intelmq.bots.experts.reversedns.ReverseDnsExpert;
import org.intelmq.bots.experts.rfc1918.Rfc1918Expert;
import org.intelmq.bots.experts.ripe.RipeExpert;
import org.intelmq.bots.experts.securitytxt.SecurityTxtExpert;
import org.intelmq.bots.experts.sieve.SieveExpert;
import org.intelmq.bots.experts.splunksavedsearch.SplunkSavedSearchExpert;
import org.intelmq.bots.experts.taxonomy.TaxonomyExpert;
import org.intelmq.bots.experts.threshold.ThresholdExpert;
import org.intelmq.bots.experts.tornodes.TorNodesExpert;
import org.intelmq.bots.experts.truncatebydelimiter.TruncateByDelimiterExpert;
import org.intelmq.bots.experts.trustedintroducer.TrustedIntroducerLookupExpert;
import org.intelmq.bots.experts.tuency.TuencyExpert;
import org.intelmq.bots.experts.url.UrlExpert;
import org.intelmq.bots.experts.url2fqdn.Url2fqdnExpert;
import org.intelmq.bots.experts.uwhoisd.UwhoisdExpert;
import org.intelmq.bots.experts.wait.WaitExpert;

/** The experts of this application, sorted by module, one a line. */
final class ExpertCatalogue {

    static final List<BotType<?>> ALL = List.of(
            AbusixExpert.TYPE,
            AggregateExpert.TYPE,
            AsnLookupExpert.TYPE,
            CsvConverterExpert.TYPE,
            CymruWhoisExpert.TYPE,
            DeduplicatorExpert.TYPE,
            DoPortalExpert.TYPE,
            DomainSuffixExpert.TYPE,
            DomainValidExpert.TYPE,
            FakeExpert.TYPE,
            FieldReducerExpert.TYPE,
            FilterExpert.TYPE,
            FormatFieldExpert.TYPE,
            GenericDbLookupExpert.TYPE,
            GeohashExpert.TYPE,
            GethostbynameExpert.TYPE,
            HttpContentExpert.TYPE,
            HttpStatusExpert.TYPE,
            IdeaExpert.TYPE,
            JinjaExpert.TYPE,
            LookylooExpert.TYPE,
            MaxmindGeoipExpert.TYPE,
            MispExpert.TYPE,
            ModifyExpert.TYPE,
            NationalCertContactCertAtExpert.TYPE,
            RdapExpert.TYPE,
            RecordedFutureIpRiskExpert.TYPE,
            RemoveAffixExpert.TYPE,
            ReverseDnsExpert.TYPE,
            Rfc1918Expert.TYPE,
            RipeExpert.TYPE,
            SecurityTxtExpert.TYPE,
            SieveExpert.TYPE,
            SplunkSavedSearchExpert.TYPE,
            TaxonomyExpert.TYPE,
            ThresholdExpert.TYPE,
            TorNodesExpert.TYPE,
            TruncateByDelimiterExpert.TYPE,
            TrustedIntroducerLookupExpert.TYPE,
            TuencyExpert.TYPE,
            UrlExpert.TYPE,
            Url2fqdnExpert.TYPE,
            UwhoisdExpert.TYPE,
            WaitExpert.TYPE
    );

    private ExpertCatalogue() { }
}
