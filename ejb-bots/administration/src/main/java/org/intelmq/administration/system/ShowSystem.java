package org.intelmq.administration.system;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.control.BotState;
import org.intelmq.control.QueueControl;
import org.intelmq.control.Version;

/** Versions, disk, memory and broker now. */
public record ShowSystem() implements Query<SystemView> {

    @Override
    public SystemView perform(Site site) throws IOException {
        var bots = site.configuration().bots().keySet();
        int running = (int) site.control().status(bots).values().stream().filter(BotState.RUNNING::equals).count();
        return new SystemView(Version.text(), Version.INTELMQ, System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
                Instant.now(), ManagementFactory.getRuntimeMXBean().getUptime() / 1000, disk(site), memory(), broker(site.queues().states().values()),
                bots.size(), running, site.control().missing(), site.live().readers());
    }

    private static SystemView.Disk disk(Site site) throws IOException {
        FileStore store = Files.getFileStore(Files.exists(site.installation().state()) ? site.installation().state() : site.installation().root());
        return new SystemView.Disk(store.getUsableSpace(), store.getTotalSpace(), site.history().daysLeft(store.getUsableSpace()));
    }

    private static SystemView.Memory memory() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new SystemView.Memory(heap.getUsed(), heap.getCommitted(), heap.getMax());
    }

    private static SystemView.Brokerage broker(Collection<QueueControl.State> queues) {
        return new SystemView.Brokerage(queues.size(), queues.stream().mapToLong(QueueControl.State::waiting).sum(),
                queues.stream().mapToLong(QueueControl.State::bytes).sum(),
                queues.stream().map(QueueControl.State::oldest).filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null));
    }
}
