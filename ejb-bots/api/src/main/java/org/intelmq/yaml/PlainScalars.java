package org.intelmq.yaml;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** Which plain words are numbers, booleans and null. */
final class PlainScalars extends JsonSchema {

    private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL");
    private static final Pattern WHOLE = Pattern.compile("[-+]?0b[01_]+|[-+]?0o[0-7_]+|[-+]?0x[0-9a-fA-F_]+|[-+]?[0-9][0-9_]*");
    private static final Pattern REAL = Pattern.compile("[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+"
            + "|[-+]?\\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

    @Override
    public ScalarResolver getScalarResolver() {
        return PlainScalars::tag;
    }

    private static Tag tag(String text, Boolean plain) {
        if (!plain) {
            return Tag.STR;
        }
        if (text.isEmpty() || NOTHING.matcher(text).matches()) {
            return Tag.NULL;
        }
        if (TRUTH.matcher(text).matches()) {
            return Tag.BOOL;
        }
        return WHOLE.matcher(text).matches() ? Tag.INT : REAL.matcher(text).matches() ? Tag.FLOAT : Tag.STR;
    }
}
