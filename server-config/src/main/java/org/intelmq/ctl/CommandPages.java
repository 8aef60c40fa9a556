package org.intelmq.ctl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes completion for bash and zsh, and manual pages, from what the commands declare. Called by the build. */
final class CommandPages {

    private CommandPages() { }

    /** @param arguments the folder, as {@code share/} of the distribution */
    public static void main(String[] arguments) throws IOException {
        Path share = Path.of(arguments[0]);
        CommandLine ctl = IntelmqCtl.withAllCommands();
        program(share, "intelmqctl", ctl);
        Session none = new Session(new Output(System.out, System.err, false), Map.of());
        program(share, "intelmqdump", new CommandLine(new IntelmqDump(none, null, System.out)));
        program(share, "intelmq_psql_initdb", new CommandLine(new IntelmqPsqlInitdb(none)));
        new TreeMap<>(ctl.getSubcommands()).forEach((name, command) -> write(share.resolve("man/man1/intelmqctl-" + name + ".1"),
                page("intelmqctl " + name, command.getCommandSpec())));
    }

    private static void program(Path share, String name, CommandLine command) {
        write(share.resolve("completion/bash/" + name), AutoComplete.bash(name, command));
        write(share.resolve("completion/zsh/_" + name), "#compdef " + name + "\nautoload -U +X bashcompinit && bashcompinit\n"
                + AutoComplete.bash(name, command));
        write(share.resolve("man/man1/" + name + ".1"), page(name, command.getCommandSpec()));
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

    /** What a manual page would take for a command of its own begins no line. */
    private static String plain(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^([.'])", "\\\\&$1");
    }
}
