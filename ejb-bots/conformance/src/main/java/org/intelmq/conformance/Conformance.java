package org.intelmq.conformance;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.message.Json;
import org.intelmq.replay.CommandRunner;
import org.intelmq.replay.OriginalCases;
import org.intelmq.replay.Outcome;
import org.intelmq.replay.ReplaySite;

/** Gives each case of the original to what replays its kind. */
public final class Conformance implements OriginalCases {

    @Override
    public Run begin(ReplaySite site, Set<String> continued, CommandRunner commands, Function<HttpParams, Http> web) throws IOException {
        // what a server of a case looks for by name is next to this jar, not on the class path
        Thread.currentThread().setContextClassLoader(Conformance.class.getClassLoader());
        DeliberateDifferences deliberate = DeliberateDifferences.load();
        ControlReplay control = new ControlReplay(site.catalogue(), commands);
        ApiReplay api = new ApiReplay(site.catalogue(), Json.pretty(ControlReplay.standardHarmonization()), ControlReplay.completeState());
        OriginalBotReplay bots = new OriginalBotReplay(site, continued, web);
        return new Run() {
            @Override
            public Outcome replay(Map<String, Object> record) throws Exception {
                if (OriginalCases.isVector(record)) {
                    return VectorReplay.run(record);
                }
                if (ApiReplay.isOne(record)) {
                    return api.replay(record);
                }
                return OriginalCases.isControl(record) ? control.replay(record) : bots.replay(record);
            }

            @Override
            public Outcome judge(Map<String, Object> record, Outcome outcome) throws Exception {
                return deliberate.judge(record, outcome, this::replay);
            }

            @Override
            public List<String> unmet() {
                return deliberate.unmet();
            }

            @Override
            public void close() throws Exception {
                api.close();
                bots.close();
            }
        };
    }
}
