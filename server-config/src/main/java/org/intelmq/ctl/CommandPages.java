package org.intelmq.ctl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.CatalogueListing;
import org.intelmq.message.Json;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes completion for bash and zsh, and manual pages, from what the commands declare, and the list of our bots, from what these
 * declare. Called by the build.
 */
final class CommandPages {

    /** Zsh takes no alias in a function that it loads by itself, so that picocli's for this command of bash is none. */
    private static final String ZSH_BEGIN = """
            #compdef %s
            autoload -U +X bashcompinit && bashcompinit
            (( $+functions[compopt] )) || compopt() { return 0 }
            """;
    /** What is loaded at the first Tab answers that too. */
    private static final String ZSH_END = "_bash_complete -o default -F _complete_%s\n";

    /** Names with other characters are left out, because the shell would expand them. */
    private static final String CONFIGURED_BOTS = """
            function _intelmq_bots() {
              local program=${COMP_WORDS[0]/#\\~\\//$HOME/}
              "${program/%intelmqdump/intelmqctl}" --quiet list bots --configured 2>/dev/null </dev/null | grep -xE '[A-Za-z0-9_.-]+'
            }
            """;

    /** Picocli does not count arguments from a program that is called by its path. */
    private static final String IS_PROGRAM = "[ \"${previousWord}\" = \"$commandName\" ]";
    private static final String IS_PROGRAM_WITH_PATH = "[ \"${previousWord##*/}\" = \"$commandName\" ]";

    private CommandPages() { }

    /** @param arguments the distribution, and the class of {@code bin/intelmq}, which this package does not know */
    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        Path distribution = Path.of(arguments[0]);
        write(ListedBots.file(distribution), Json.write(CatalogueListing.of(Catalogue.load(CommandPages.class.getClassLoader()))));
        Path share = distribution.resolve("share");
        CommandLine ctl = IntelmqCtl.withAllCommands();
        program(share, "intelmqctl", ctl);
        page(share, "intelmq", new CommandLine(Class.forName(arguments[1])));
        Session none = new Session(new Output(System.out, System.err, false), Map.of());
        program(share, "intelmqdump", new CommandLine(new IntelmqDump(none, null, System.out)));
        program(share, "intelmq_psql_initdb", new CommandLine(new IntelmqPsqlInitdb(none)));
        page(share, "intelmqctl", ctl);
    }

    /** Of a program, with one of each of its commands. */
    private static void page(Path share, String program, CommandLine line) {
        page(share, program, line.getCommandSpec());
        new TreeMap<>(line.getSubcommands()).forEach((name, command) -> page(share, program + ' ' + name, command.getCommandSpec()));
    }

    private static void page(Path share, String name, CommandSpec command) {
        write(share.resolve("man/man1/" + name.replace(' ', '-') + ".1"), page(name, command));
    }

    private static void program(Path share, String name, CommandLine command) {
        String bash = AutoComplete.bash(name, command).replace(IS_PROGRAM, IS_PROGRAM_WITH_PATH)
                .replace("(\"" + ConfiguredBots.PLACE + "\")", "($(_intelmq_bots))") + CONFIGURED_BOTS;
        write(share.resolve("completion/bash/" + name), bash);
        write(share.resolve("completion/zsh/_" + name), ZSH_BEGIN.formatted(name) + bash + ZSH_END.formatted(name));
        page(share, name, command.getCommandSpec());
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String page(String name, CommandSpec command) {
        StringBuilder page = new StringBuilder(".TH \"" + name.replace(' ', '-').toUpperCase(Locale.ROOT) + "\" \"1\" \"\" \"IntelMQ\"\n");
        page.append(".SH NAME\n").append(plain(name.replace(' ', '-'))).append(" \\- ").append(text(command.usageMessage().description())).append('\n');
        String synopsis = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0);
        page.append(".SH SYNOPSIS\n").append(plain(synopsis.strip())).append('\n');
        section(page, "ARGUMENTS", command.positionalParameters());
        section(page, "OPTIONS", command.options());
        if (!command.subcommands().isEmpty()) {
            page.append(".SH COMMANDS\n");
            for (Map.Entry<String, CommandLine> each : new TreeMap<>(command.subcommands()).entrySet()) {
                page.append(".TP\n.B ").append(plain(each.getKey())).append('\n').append(text(each.getValue().getCommandSpec().usageMessage().description()))
                        .append('\n');
            }
        }
        String footer = text(command.usageMessage().footer());
        return footer.isEmpty() ? page.toString() : page + ".SH NOTES\n.nf\n" + footer + "\n.fi\n";
    }

    private static void section(StringBuilder page, String title, List<? extends ArgSpec> arguments) {
        if (arguments.isEmpty()) {
            return;
        }
        page.append(".SH ").append(title).append('\n');
        for (ArgSpec argument : arguments) {
            String names = argument instanceof OptionSpec option ? String.join(", ", option.names()) : "";
            String value = argument.arity().max() == 0 ? "" : argument.paramLabel();
            page.append(".TP\n.B ").append(plain((names + ' ' + value).strip())).append('\n').append(text(argument.description())).append('\n');
        }
    }

    private static String text(String[] lines) {
        return plain(String.join("\n", lines).strip().replace("%n", "\n"));
    }

    /** No line begins with what a manual page would take as a command of its own. */
    private static String plain(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^([.'])", "\\\\&$1");
    }
}
