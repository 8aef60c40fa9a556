package org.intelmq.engine.lend;

import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;

/** The other systems that bots query. Thread-safe. */
public interface Network {

    Http http(HttpParams params);

    Dns dns();
}
