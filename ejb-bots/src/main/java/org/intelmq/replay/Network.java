package org.intelmq.replay;

import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;

/** Other systems, asked while a case is recorded for what it has no answers to yet. */
public interface Network {

    Http http(HttpParams params);

    Dns dns();
}
