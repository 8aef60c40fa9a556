package org.intelmq.administration.events;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.message.Json;
import org.intelmq.text.csv.Csv;
import org.intelmq.text.csv.CsvWriter;

/** All events that a search finds, written out as they come from the database. */
public record ExportEvents(EventFilter filter, Format format, OutputStream out) implements Query<Long> {

    /** CSV with a header line of all columns, or an object a line with the fields that are set. */
    public enum Format { CSV, JSON }

    /** How many were written. */
    @Override
    public Long perform(Site site) throws Exception {
        return EventStore.export(site, reader -> {
            List<String> columns = List.copyOf(reader.columns());
            long[] written = new long[1];
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            if (format == Format.CSV) {
                writer.write(CsvWriter.write(columns, Csv.Dialect.EXCEL));
            }
            reader.each(filter, columns, row -> {
                write(row, writer);
                written[0]++;
            });
            writer.flush();
            return written[0];
        });
    }

    private void write(Map<String, Object> row, Writer writer) throws IOException {
        if (format == Format.JSON) {
            Map<String, Object> set = new LinkedHashMap<>(row);
            set.values().removeIf(value -> value == null);
            writer.write(Json.write(set) + "\n");
            return;
        }
        List<Object> cells = new ArrayList<>();
        row.values().forEach(value -> cells.add(value instanceof Map<?, ?> || value instanceof List<?> ? Json.write(value) : value));
        writer.write(CsvWriter.write(cells, Csv.Dialect.EXCEL));
    }
}
