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
import org.intelmq.bots.parsers.generic.GenericCsvParser;
import org.intelmq.bots.parsers.json.JsonParser;
import org.intelmq.bots.parsers.shadowserver.ShadowserverParser;
import org.intelmq.bots.parsers.spamhaus.cert.SpamhausCertParser;
import org.intelmq.bots.parsers.spamhaus.drop.SpamhausDropParser;

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
            GenericCsvParser.TYPE,
            JsonParser.TYPE,
            ShadowserverParser.TYPE,
            SpamhausCertParser.TYPE,
            SpamhausDropParser.TYPE
    );

    private ParserCatalogue() { }
}
