package org.intelmq.engine.lend;

import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;

/** Other systems that bots ask. Thread-safe. */
public interface Network {

    Http http(HttpParams params);

    Dns dns();
}
