package org.intelmq.bots.experts.csvconverter;

import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.text.csv.Csv;
import org.intelmq.text.csv.CsvWriter;
import org.intelmq.text.python.PythonText;

public final class CsvConverterExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.csv_converter.expert", "CSV Converter",
            "Writes selected fields as a CSV row into the field output.", Params.class, (params, context) -> new CsvConverterExpert(params));

    public record Params(
            @Param(value = "Fields in the order of columns.", byDefault = "time.source, classification.type, source.ip",
                    fields = FieldNames.LOOKED_AT)
            List<String> fieldnames,
            @Param(value = "Character between columns.", byDefault = ",")
            String delimiter,
            @Param(value = "Whether an apostrophe goes before a text that a spreadsheet would take for a formula: "
                    + "one that begins with =, +, -, @ or white space.",
                    byDefault = "false")
            boolean quoteFormulas) {

        public Params {
            if (delimiter.length() != 1) {
                throw new IllegalArgumentException("parameter 'delimiter' cannot be \"" + delimiter + "\": expected one character");
            }
        }
    }

    private static final String FORMULAS = "=+-@";

    private final List<Field> fields;
    private final Csv.Dialect dialect;
    private final boolean quoteFormulas;

    private CsvConverterExpert(Params params) {
        this.fields = params.fieldnames().stream().map(Field::of).toList();
        this.quoteFormulas = params.quoteFormulas();
        this.dialect = Csv.Dialect.EXCEL.withDelimiter(params.delimiter().charAt(0));
    }

    @Override
    public void process(Message event, Outbox out) {
        List<Object> row = new ArrayList<>(fields.size());
        for (Field field : fields) {
            Object value = event.get(field);
            row.add(value == null ? "" : value instanceof String text && quoteFormulas && isFormula(text) ? "'" + text : PythonText.str(value));
        }
        event.add(Fields.OUTPUT, CsvWriter.write(row, dialect).stripTrailing());
        out.send(event);
    }

    private static boolean isFormula(String text) {
        return !text.isEmpty() && (FORMULAS.indexOf(text.charAt(0)) >= 0 || Character.isWhitespace(text.charAt(0)));
    }
}
