package org.intelmq.archive;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The parameter {@code extract_files}: true for all files, false for none, or names in a list or separated by commas. */
public record ExtractFiles(boolean any, Predicate<String> wanted) {

    public static ExtractFiles of(Object parameter) {
        if (parameter == null || parameter.equals(false) || List.of("", "false").contains(parameter.toString())) {
            return new ExtractFiles(false, name -> false);
        }
        if (parameter.equals(true) || parameter.equals("true")) {
            return new ExtractFiles(true, name -> true);
        }
        List<?> names = parameter instanceof List<?> list ? list : Arrays.stream(parameter.toString().split(",")).map(String::strip).toList();
        return new ExtractFiles(true, names::contains);
    }
}
