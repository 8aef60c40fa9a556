package org.intelmq.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the operating system says of processes, read from Linux's {@code /proc}.
 *
 * @param cpuSeconds user and system time
 * @param writtenBytes bytes sent to storage
 */
record ProcessFigures(double cpuSeconds, long writtenBytes) {

    private static final double TICKS_A_SECOND = 100;
    private static final long KIBIBYTE = 1024;

    /** Of the processes together, with the children that they have waited for and those alive. */
    static ProcessFigures of(List<Long> processes) throws IOException {
        double seconds = 0;
        long written = 0;
        for (long process : processes) {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            for (int field : new int[] {11, 12, 13, 14}) {
                seconds += Long.parseLong(fields[field]) / TICKS_A_SECOND;
            }
            written += number(process, "io", "write_bytes:");
        }
        return new ProcessFigures(seconds, written);
    }

    /** Memory in use now, in bytes. */
    static long residentBytes(long process) throws IOException {
        return number(process, "status", "VmRSS:") * KIBIBYTE;
    }

    /** The most memory in use since {@link #forgetPeak}, in bytes. */
    static long peakResidentBytes(long process) throws IOException {
        return number(process, "status", "VmHWM:") * KIBIBYTE;
    }

    static void forgetPeak(long process) throws IOException {
        Files.writeString(Path.of("/proc", String.valueOf(process), "clear_refs"), "5");
    }

    private static long number(long process, String file, String key) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process), file))) {
            return lines.filter(line -> line.startsWith(key)).map(line -> line.replaceAll("[^0-9]", "")).mapToLong(Long::parseLong)
                    .findFirst().orElseThrow(() -> new IOException("no " + key + " in /proc/" + process + "/" + file));
        }
    }

    ProcessFigures since(ProcessFigures before) {
        return new ProcessFigures(cpuSeconds - before.cpuSeconds, writtenBytes - before.writtenBytes);
    }
}
