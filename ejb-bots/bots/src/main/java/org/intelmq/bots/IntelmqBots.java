package org.intelmq.bots;

import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import org.intelmq.bot.BotPack;
import org.intelmq.bot.BotType;
import org.intelmq.bots.collectors.alienvaultotx.AlienVaultOtxCollector;
import org.intelmq.bots.collectors.amqp.AmqpCollector;
import org.intelmq.bots.collectors.api.ApiCollector;
import org.intelmq.bots.collectors.blueliv.BluelivCrimeserverCollector;
import org.intelmq.bots.collectors.calidog.CertstreamCollector;
import org.intelmq.bots.collectors.eset.EsetCollector;
import org.intelmq.bots.collectors.file.FileCollector;
import org.intelmq.bots.collectors.fireeye.FireeyeCollector;
import org.intelmq.bots.collectors.github.GithubContentsCollector;
import org.intelmq.bots.collectors.http.HttpCollector;
import org.intelmq.bots.collectors.http.HttpStreamCollector;
import org.intelmq.bots.collectors.kafka.KafkaCollector;
import org.intelmq.bots.collectors.mail.MailAttachmentCollector;
import org.intelmq.bots.collectors.mail.MailBodyCollector;
import org.intelmq.bots.collectors.mail.MailUrlCollector;
import org.intelmq.bots.collectors.microsoft.AzureCollector;
import org.intelmq.bots.collectors.microsoft.InterflowCollector;
import org.intelmq.bots.collectors.misp.MispCollector;
import org.intelmq.bots.collectors.opendxl.OpenDxlCollector;
import org.intelmq.bots.collectors.rsync.RsyncCollector;
import org.intelmq.bots.collectors.rt.RtCollector;
import org.intelmq.bots.collectors.shadowserver.ShadowserverReportsCollector;
import org.intelmq.bots.collectors.shodan.ShodanAlertCollector;
import org.intelmq.bots.collectors.shodan.ShodanStreamCollector;
import org.intelmq.bots.collectors.stomp.StompCollector;
import org.intelmq.bots.collectors.taxii.TaxiiCollector;
import org.intelmq.bots.collectors.tcp.TcpCollector;
import org.intelmq.bots.collectors.twitter.TwitterCollector;
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
import org.intelmq.bots.experts.mcafee.McAfeeMarExpert;
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
import org.intelmq.bots.outputs.amqptopic.AmqpTopicOutput;
import org.intelmq.bots.outputs.blackhole.BlackholeOutput;
import org.intelmq.bots.outputs.brofile.BroFileOutput;
import org.intelmq.bots.outputs.cif3.Cif3Output;
import org.intelmq.bots.outputs.clickhouse.ClickHouseOutput;
import org.intelmq.bots.outputs.elasticsearch.ElasticsearchOutput;
import org.intelmq.bots.outputs.file.FileOutput;
import org.intelmq.bots.outputs.files.FilesOutput;
import org.intelmq.bots.outputs.kafka.KafkaOutput;
import org.intelmq.bots.outputs.mcafee.EsmIpOutput;
import org.intelmq.bots.outputs.misp.MispApiOutput;
import org.intelmq.bots.outputs.misp.MispFeedOutput;
import org.intelmq.bots.outputs.mongodb.MongoDbOutput;
import org.intelmq.bots.outputs.redis.RedisOutput;
import org.intelmq.bots.outputs.restapi.RestApiOutput;
import org.intelmq.bots.outputs.rpzfile.RpzFileOutput;
import org.intelmq.bots.outputs.rt.RtOutput;
import org.intelmq.bots.outputs.smtp.SmtpOutput;
import org.intelmq.bots.outputs.smtpbatch.SmtpBatchOutput;
import org.intelmq.bots.outputs.sql.SqlOutput;
import org.intelmq.bots.outputs.stomp.StompOutput;
import org.intelmq.bots.outputs.tcp.TcpOutput;
import org.intelmq.bots.outputs.templatedsmtp.TemplatedSmtpOutput;
import org.intelmq.bots.outputs.touch.TouchOutput;
import org.intelmq.bots.outputs.udp.UdpOutput;
import org.intelmq.bots.parsers.abusech.feodotracker.FeodoTrackerParser;
import org.intelmq.bots.parsers.alienvault.otx.AlienVaultOtxParser;
import org.intelmq.bots.parsers.alienvault.reputation.AlienVaultParser;
import org.intelmq.bots.parsers.anubisnetworks.AnubisNetworksParser;
import org.intelmq.bots.parsers.bambenek.BambenekParser;
import org.intelmq.bots.parsers.blocklistde.BlocklistDeParser;
import org.intelmq.bots.parsers.blueliv.crimeserver.BluelivCrimeserverParser;
import org.intelmq.bots.parsers.calidog.certstream.CertStreamParser;
import org.intelmq.bots.parsers.certeu.CertEuCsvParser;
import org.intelmq.bots.parsers.ciarmy.CiArmyParser;
import org.intelmq.bots.parsers.cleanmx.CleanMxParser;
import org.intelmq.bots.parsers.cymru.cap.CymruCapParser;
import org.intelmq.bots.parsers.cymru.fullbogons.CymruFullBogonsParser;
import org.intelmq.bots.parsers.cznic.haas.CznicHaasParser;
import org.intelmq.bots.parsers.cznic.proki.CznicProkiParser;
import org.intelmq.bots.parsers.dangerrulez.BruteForceBlockerParser;
import org.intelmq.bots.parsers.dataplane.DataplaneParser;
import org.intelmq.bots.parsers.dshield.asn.DshieldAsnParser;
import org.intelmq.bots.parsers.dshield.block.DshieldBlockParser;
import org.intelmq.bots.parsers.dyn.DynParser;
import org.intelmq.bots.parsers.eset.EsetParser;
import org.intelmq.bots.parsers.fireeye.FireEyeParser;
import org.intelmq.bots.parsers.fraunhofer.dga.FraunhoferDgaParser;
import org.intelmq.bots.parsers.generic.GenericCsvParser;
import org.intelmq.bots.parsers.githubfeed.GithubFeedParser;
import org.intelmq.bots.parsers.hibp.HibpCallbackParser;
import org.intelmq.bots.parsers.htmltable.HtmlTableParser;
import org.intelmq.bots.parsers.iocextractor.IocExtractorParser;
import org.intelmq.bots.parsers.json.JsonParser;
import org.intelmq.bots.parsers.keyvalue.KeyValueParser;
import org.intelmq.bots.parsers.malwarepatrol.DansGuardianParser;
import org.intelmq.bots.parsers.malwareurl.MalwareUrlParser;
import org.intelmq.bots.parsers.mcafee.atd.McAfeeAtdParser;
import org.intelmq.bots.parsers.microsoft.bingmurls.BingMaliciousUrlsParser;
import org.intelmq.bots.parsers.microsoft.ctip.MicrosoftCtipParser;
import org.intelmq.bots.parsers.misp.MispParser;
import org.intelmq.bots.parsers.n6.N6StompParser;
import org.intelmq.bots.parsers.openphish.commercial.OpenPhishCommercialParser;
import org.intelmq.bots.parsers.openphish.free.OpenPhishParser;
import org.intelmq.bots.parsers.phishtank.PhishTankParser;
import org.intelmq.bots.parsers.shadowserver.ShadowserverParser;
import org.intelmq.bots.parsers.shodan.ShodanParser;
import org.intelmq.bots.parsers.spamhaus.cert.SpamhausCertParser;
import org.intelmq.bots.parsers.spamhaus.drop.SpamhausDropParser;
import org.intelmq.bots.parsers.stix.StixParser;
import org.intelmq.bots.parsers.surbl.SurblParser;
import org.intelmq.bots.parsers.threatminer.ThreatMinerParser;
import org.intelmq.bots.parsers.turris.TurrisGreylistParser;
import org.intelmq.bots.parsers.vxvault.VxVaultParser;
import org.intelmq.bots.parsers.zoneh.ZoneHParser;

/** The bots of this application, one per line, by kind and module. A test finds any that is missing here. */
public final class IntelmqBots implements BotPack {

    private static final List<BotType<?>> COLLECTORS = List.of(
            AlienVaultOtxCollector.TYPE,
            AmqpCollector.TYPE,
            ApiCollector.TYPE,
            BluelivCrimeserverCollector.TYPE,
            CertstreamCollector.TYPE,
            EsetCollector.TYPE,
            FileCollector.TYPE,
            FireeyeCollector.TYPE,
            GithubContentsCollector.TYPE,
            HttpCollector.TYPE,
            HttpStreamCollector.TYPE,
            KafkaCollector.TYPE,
            AzureCollector.TYPE,
            InterflowCollector.TYPE,
            MailAttachmentCollector.TYPE,
            MailBodyCollector.TYPE,
            MailUrlCollector.TYPE,
            MispCollector.TYPE,
            OpenDxlCollector.TYPE,
            RsyncCollector.TYPE,
            RtCollector.TYPE,
            ShadowserverReportsCollector.TYPE,
            ShodanAlertCollector.TYPE,
            ShodanStreamCollector.TYPE,
            StompCollector.TYPE,
            TaxiiCollector.TYPE,
            TcpCollector.TYPE,
            TwitterCollector.TYPE
    );

    private static final List<BotType<?>> PARSERS = List.of(
            FeodoTrackerParser.TYPE,
            AlienVaultParser.TYPE,
            AlienVaultOtxParser.TYPE,
            AnubisNetworksParser.TYPE,
            BambenekParser.TYPE,
            BlocklistDeParser.TYPE,
            BluelivCrimeserverParser.TYPE,
            CertStreamParser.TYPE,
            CertEuCsvParser.TYPE,
            CiArmyParser.TYPE,
            CleanMxParser.TYPE,
            CymruCapParser.TYPE,
            CymruFullBogonsParser.TYPE,
            CznicHaasParser.TYPE,
            CznicProkiParser.TYPE,
            BruteForceBlockerParser.TYPE,
            DataplaneParser.TYPE,
            DshieldAsnParser.TYPE,
            DshieldBlockParser.TYPE,
            DynParser.TYPE,
            EsetParser.TYPE,
            FireEyeParser.TYPE,
            FraunhoferDgaParser.TYPE,
            GenericCsvParser.TYPE,
            GithubFeedParser.TYPE,
            HibpCallbackParser.TYPE,
            HtmlTableParser.TYPE,
            IocExtractorParser.TWITTER_TYPE,
            IocExtractorParser.TYPE,
            JsonParser.TYPE,
            KeyValueParser.TYPE,
            DansGuardianParser.TYPE,
            MalwareUrlParser.TYPE,
            McAfeeAtdParser.TYPE,
            BingMaliciousUrlsParser.TYPE,
            MicrosoftCtipParser.TYPE,
            MispParser.TYPE,
            N6StompParser.TYPE,
            OpenPhishParser.TYPE,
            OpenPhishCommercialParser.TYPE,
            PhishTankParser.TYPE,
            ShadowserverParser.TYPE,
            ShodanParser.TYPE,
            SpamhausCertParser.TYPE,
            SpamhausDropParser.TYPE,
            StixParser.TYPE,
            SurblParser.TYPE,
            ThreatMinerParser.TYPE,
            TurrisGreylistParser.TYPE,
            VxVaultParser.TYPE,
            ZoneHParser.TYPE
    );

    private static final List<BotType<?>> EXPERTS = List.of(
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
            McAfeeMarExpert.TYPE,
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

    private static final List<BotType<?>> OUTPUTS = List.of(
            AmqpTopicOutput.TYPE,
            BlackholeOutput.TYPE,
            BroFileOutput.TYPE,
            Cif3Output.TYPE,
            ClickHouseOutput.TYPE,
            ElasticsearchOutput.TYPE,
            FileOutput.TYPE,
            FilesOutput.TYPE,
            KafkaOutput.TYPE,
            EsmIpOutput.TYPE,
            MispApiOutput.TYPE,
            MispFeedOutput.TYPE,
            MongoDbOutput.TYPE,
            RedisOutput.TYPE,
            RestApiOutput.TYPE,
            RpzFileOutput.TYPE,
            RtOutput.TYPE,
            SmtpBatchOutput.TYPE,
            SmtpOutput.TYPE,
            SqlOutput.TYPE,
            StompOutput.TYPE,
            TcpOutput.TYPE,
            TemplatedSmtpOutput.TYPE,
            TouchOutput.TYPE,
            UdpOutput.TYPE
    );

    @Override
    public List<BotType<?>> types() {
        return Stream.of(COLLECTORS, PARSERS, EXPERTS, OUTPUTS).<BotType<?>>flatMap(List::stream).toList();
    }

    @Override
    public URL feeds() {
        return IntelmqBots.class.getResource("feeds.yaml");
    }
}
