package org.intelmq.eventfile;

import org.intelmq.bot.Folder;
import org.intelmq.bot.Param;
import org.intelmq.text.encoding.LoneSurrogates;

/** The parameters of outputs that append to files. */
public record FileParams(
        @Param(value = "File to append to; one below file-output in the data directory when not set.", optional = true, folder = Folder.ROOT)
        String file,
        @Param(value = "Whether file contains placeholders that are filled in from each event, times with their format.", byDefault = "false",
                example = "true")
        boolean formatFilename,
        @Param(value = "What becomes of text that is no proper Unicode.", byDefault = "strict")
        LoneSurrogates encodingErrorsMode) { }
