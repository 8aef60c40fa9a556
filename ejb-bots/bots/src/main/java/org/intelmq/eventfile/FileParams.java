package org.intelmq.eventfile;

import org.intelmq.bot.Folder;
import org.intelmq.bot.Param;
import org.intelmq.text.encoding.LoneSurrogates;

/** The parameters of outputs that append to files. */
public record FileParams(
        @Param(value = "File to append to; by default one in file-output, in the data directory.", optional = true, folder = Folder.ROOT)
        String file,
        @Param(value = "Whether file contains placeholders that are filled in from each event, times with their format.", byDefault = "false",
                example = "true")
        boolean formatFilename,
        @Param(value = "What to do with text that is not valid Unicode.", byDefault = "strict")
        LoneSurrogates encodingErrorsMode) { }
