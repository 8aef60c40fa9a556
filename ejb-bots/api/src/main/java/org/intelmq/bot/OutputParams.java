package org.intelmq.bot;

/** How outputs write an event, see {@link OutputFormat}. */
public record OutputParams(
        @Param(value = "Whether names are split at their dots into objects within objects.", byDefault = "false",
                aliases = {"message_hierarchical", "message_hierarchical_output"})
        boolean hierarchicalOutput,
        @Param(value = "Whether to write the message's type, too, as __type.", byDefault = "false", aliases = "with_type")
        boolean messageWithType,
        @Param(value = "Whether extra is written as one JSON text, where the output writes objects.", byDefault = "false")
        boolean messageJsondictAsString,
        @Param(value = "If set, only this field's value is written, without its name; raw is decoded.", optional = true, example = "raw",
                fields = FieldNames.LOOKED_AT)
        String singleKey,
        @Param(value = "Whether the field raw is written.", byDefault = "false")
        boolean keepRawField) {

    public OutputParams {
        singleKey = singleKey == null || singleKey.isEmpty() || singleKey.equals("false") ? null : singleKey;
    }
}
