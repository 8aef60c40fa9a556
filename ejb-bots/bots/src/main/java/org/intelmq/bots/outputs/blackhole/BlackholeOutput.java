package org.intelmq.bots.outputs.blackhole;

import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;

public final class BlackholeOutput {

    public static final BotType<NoParams> TYPE = BotType.output("intelmq.bots.outputs.blackhole.output", "Blackhole",
            "Drops all events.", NoParams.class, (params, context) -> (event, out) -> { });

    private BlackholeOutput() { }
}
