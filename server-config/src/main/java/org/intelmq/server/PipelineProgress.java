package org.intelmq.server;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/**
 * What has gone through the pipeline since the start, as the bots' MBeans say.
 *
 * @param reports sent by collectors
 * @param waiting in any queue, and what is being worked on
 * @param written events written, by output
 */
record PipelineProgress(long reports, long waiting, Map<String, Long> written) {

    static PipelineProgress now() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        long reports = 0;
        long waiting = 0;
        Map<String, Long> written = new TreeMap<>();
        try {
            Set<ObjectName> bots = beans.queryNames(new ObjectName("org.intelmq:type=Bot,*"), null);
            for (ObjectName bot : bots) {
                waiting += (Long) beans.getAttribute(bot, "Waiting");
                switch ((String) beans.getAttribute(bot, "Group")) {
                    case "Collector" -> reports += sum((TabularData) beans.getAttribute(bot, "Sent"));
                    case "Output" -> written.put(bot.getKeyProperty("name"), (Long) beans.getAttribute(bot, "Received"));
                    default -> { }
                }
            }
        } catch (JMException e) {
            throw new ServerException("the bots' figures cannot be read: " + e, e);
        }
        return new PipelineProgress(reports, waiting, written);
    }

    boolean isThrough() {
        return reports > 0 && waiting == 0;
    }

    private static long sum(TabularData byPath) {
        return byPath.values().stream().mapToLong(row -> (Long) ((CompositeData) row).get("value")).sum();
    }
}
