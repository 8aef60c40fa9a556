package org.intelmq.catalogue;

import java.util.List;
import org.intelmq.bot.BotType;
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
import org.intelmq.bots.parsers.surbl.SurblParser;
import org.intelmq.bots.parsers.threatminer.ThreatMinerParser;
import org.intelmq.bots.parsers.turris.TurrisGreylistParser;
import org.intelmq.bots.parsers.vxvault.VxVaultParser;
import org.intelmq.bots.parsers.zoneh.ZoneHParser;

/** The parsers of this application, sorted by module, one a line. */
final class ParserCatalogue {

    static final List<BotType<?>> ALL = List.of(
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
            SurblParser.TYPE,
            ThreatMinerParser.TYPE,
            TurrisGreylistParser.TYPE,
            VxVaultParser.TYPE,
            ZoneHParser.TYPE
    );

    private ParserCatalogue() { }
}
