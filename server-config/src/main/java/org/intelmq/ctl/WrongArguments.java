package org.intelmq.ctl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.intelmq.text.Suggestion;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What somebody may have meant whose arguments cannot be used. */
final class WrongArguments {

    private WrongArguments() { }

    /**
     * To follow the message; empty if there is nothing to add.
     *
     * @param listed what {@code list} can list
     */
    static String hint(ParameterException problem, List<String> listed) {
        if (problem instanceof MissingParameterException missing) {
            return missing.getMissing().stream().filter(each -> each.description().length > 0)
                    .map(each -> ". " + each.paramLabel() + ": " + String.join(" ", each.description()).replaceAll("\\.$", ""))
                    .collect(Collectors.joining());
        }
        if (problem instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
            Map<String, String> known = new HashMap<>();
            listed.forEach(kind -> known.put(kind, "list " + kind));
            problem.getCommandLine().getSubcommands().keySet().forEach(name -> known.put(name, name));
            return Suggestion.nearest(unmatched.getUnmatched().get(0), known.keySet())
                    .map(near -> "; did you mean '" + known.get(near) + "'?").orElse("");
        }
        return "";
    }
}
