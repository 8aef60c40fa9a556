package org.intelmq.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Gives memory back to the operating system once the server has had nothing to do for a while: the JVM keeps the heap that its start and
 * the last load needed. Under load nothing changes. Looked at by one thread.
 */
final class QuietMemory {

    static final int LOOKS = 3;
    private static final Logger LOG = Logger.getLogger(QuietMemory.class.getName());
    /** Of one processor: what a server that waits takes, with room for visitors of the console. */
    private static final double QUIET_SHARE = 0.1;
    private static final String LEAST_FREE = "MinHeapFreeRatio";
    private static final String MOST_FREE = "MaxHeapFreeRatio";
    private static final String TRIM = "systemTrimNativeHeap";

    private final LongSupplier processorNanos;
    private final LongSupplier nanoTime;
    private final Runnable giveBack;
    private long usedBefore;
    private long before;
    private int quietLooks;

    QuietMemory() {
        this(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getProcessCpuTime, System::nanoTime, QuietMemory::giveBack);
    }

    QuietMemory(LongSupplier processorNanos, LongSupplier nanoTime, Runnable giveBack) {
        this.processorNanos = processorNanos;
        this.nanoTime = nanoTime;
        this.giveBack = giveBack;
        this.usedBefore = processorNanos.getAsLong();
        this.before = nanoTime.getAsLong();
    }

    /** To be called at regular intervals. Gives memory back once after {@value #LOOKS} quiet intervals, and again only after a busy one. */
    void look() {
        long used = processorNanos.getAsLong();
        long now = nanoTime.getAsLong();
        boolean quiet = used - usedBefore <= QUIET_SHARE * (now - before);
        quietLooks = quiet ? Math.min(quietLooks + 1, LOOKS + 1) : 0;
        if (quietLooks == LOOKS) {
            giveBack.run();
            // what that took is not counted as work
            used = processorNanos.getAsLong();
            now = nanoTime.getAsLong();
        }
        usedBefore = used;
        before = now;
    }

    /** The heap shrinks to what is in use and a little more, and so does what native code has freed, where this JVM can do that. */
    static void giveBack() {
        try {
            shrinkHeap(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class));
            trim(ManagementFactory.getPlatformMBeanServer(), new ObjectName("com.sun.management:type=DiagnosticCommand"));
        } catch (JMException | IllegalArgumentException e) {
            LOG.log(Level.WARNING, "The JVM does not give back memory that the server no longer needs; the server keeps running with it.", e);
        }
    }

    private static void shrinkHeap(HotSpotDiagnosticMXBean options) {
        String least = options.getVMOption(LEAST_FREE).getValue();
        String most = options.getVMOption(MOST_FREE).getValue();
        options.setVMOption(LEAST_FREE, "1");
        try {
            options.setVMOption(MOST_FREE, "2");
            // the JVM counts from the collection before how long nobody has asked for what is held softly: the start's manifests and reflection
            System.gc();
            System.gc();
        } finally {
            options.setVMOption(MOST_FREE, most);
            options.setVMOption(LEAST_FREE, least);
        }
    }

    private static void trim(MBeanServer beans, ObjectName commands) throws JMException {
        if (beans.isRegistered(commands)
                && Arrays.stream(beans.getMBeanInfo(commands).getOperations()).anyMatch(operation -> operation.getName().equals(TRIM))) {
            beans.invoke(commands, TRIM, new Object[0], new String[0]);
        }
    }
}
