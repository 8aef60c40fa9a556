package org.intelmq.server;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.intelmq.bench.BenchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** {@code bin/intelmq}: the server itself. What talks to a running one is {@code bin/intelmqctl}. */
@Command(name = "intelmq", description = "Runs IntelMQ.", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        footer = "%nintelmq prepare makes the first start as fast as the later ones; call it once after an installation.",
        subcommands = {RunCommand.class, BenchCommand.class})
public final class IntelmqCommand {

    private IntelmqCommand() { }

    public static void main(String[] arguments) {
        // while it runs, the server writes what is printed to its log
        var terminal = new PrintWriter(System.err, true, Charset.defaultCharset());
        int code = new CommandLine(new IntelmqCommand()).setErr(terminal).setExecutionExceptionHandler(IntelmqCommand::explain).execute(arguments);
        System.exit(code);
    }

    private static int explain(Exception problem, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (problem instanceof ServerException) {
            command.getErr().println("intelmq: " + problem.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw problem;
    }
}
