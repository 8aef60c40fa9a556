package org.intelmq.bot;

import java.util.List;
import java.util.Map;

/** What every parser does to its events besides parsing. */
public record ParserParams(
        @Param(value = "Fields set on each event that has them not.", byDefault = "")
        Map<String, Object> defaultFields,
        @Param(value = "Further fields copied from the report into its events.", byDefault = "")
        List<String> copyCollectorProvidedFields) { }
