package org.intelmq.bot;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;

/** What every parser does to its events besides parsing. */
public record ParserParams(
        @Param(value = "Fields to set in events that do not have them.", byDefault = "")
        Map<String, Object> defaultFields,
        @Param(value = "Further fields copied from the report into its events.", byDefault = "", fields = FieldNames.LOOKED_AT)
        List<String> copyCollectorProvidedFields,
        @Param(value = "The encoding of reports without a byte order mark.", byDefault = "utf-8", example = "latin-1")
        Charset encoding) { }
