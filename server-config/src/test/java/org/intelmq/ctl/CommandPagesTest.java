package org.intelmq.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.CatalogueListing;
import org.intelmq.message.Json;
import org.intelmq.testing.NeedsCommand;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandPagesTest {

    private static final String ZSH = "zsh";
    private static final String BASH = "bash";
    /** Asks for what a Tab would offer after the words that are given after the folder with the completion. */
    private static final String OFFERED = """
            compopt() { :; }
            source "$1/${2##*/}"
            COMP_WORDS=("${@:2}" "")
            COMP_CWORD=$(($# - 1))
            "_complete_${2##*/}"
            echo "${COMPREPLY[@]}"
            """;
    /** A program that answers as intelmqctl does, if it is called as completion has to call it. */
    private static final String BOTS = """
            #!/bin/sh
            [ "$*" = "--quiet list bots --configured" ] && printf '%s\n' a-collector '$(touch pwned)' b-output
            """;
    /** What somebody types, ending with one Tab, and what must be shown then. */
    private static final String TYPING = """
            zmodload zsh/zpty
            zpty terminal zsh -f -i
            zpty -w terminal "PS1='> '; stty cols 300; fpath=($1 \\$fpath); autoload -Uz compinit; compinit -u -D; echo rea''dy"
            zpty -r terminal out '*ready*'
            zpty -w -n terminal $'intelmqctl st\t'
            zpty -r terminal out '*start*status*stop*'; print -r -- "$out"
            zpty -w -n terminal $'\\C-uintelmqctl tap --\t'
            zpty -r terminal out '*--count*--path*--where*'; print -r -- "$out"
            zpty -w -n terminal $'\\C-uintelmqdump --\t'
            zpty -r terminal out '*--help*--version*'; print -r -- "$out"
            zpty -w -n terminal $'\\C-uintelmq_psql_initdb --har\t'
            zpty -r terminal out '*--harmonization*'; print -r -- "$out"
            zpty -d terminal
            """;

    @TempDir
    private static Path distribution;
    private static Path share;

    @BeforeAll
    static void write() throws Exception {
        CommandPages.main(new String[] {distribution.toString(), "org.intelmq.server.IntelmqCommand"});
        share = distribution.resolve("share");
    }

    @Test
    void completionKnowsAllCommands() throws IOException {
        assertTrue(Files.readString(share.resolve("completion/bash/intelmqctl")).contains("upgrade-config"));
        assertTrue(Files.readString(share.resolve("completion/bash/intelmq_psql_initdb")).contains("--harmonization"));
        assertTrue(Files.readString(share.resolve("completion/bash/intelmqdump")).contains("--truncate"));
    }

    @Test
    @NeedsCommand(BASH)
    void completesBotsAndKinds() throws Exception {
        assertEquals("a-collector b-output", offered("intelmqctl", "start"));
        assertEquals("a-collector b-output", offered("intelmqctl", "tap"));
        assertEquals("a-collector b-output", offered("intelmqdump"));
        assertEquals("bots feeds queues queues-and-status", offered("intelmqctl", "list"));
    }

    private static String offered(String program, String... words) throws Exception {
        Path bin = Files.createDirectories(distribution.resolve("bin"));
        assertTrue(Files.writeString(bin.resolve("intelmqctl"), BOTS).toFile().setExecutable(true));
        List<String> command = new ArrayList<>(List.of(BASH, Files.writeString(distribution.resolve("offered.bash"), OFFERED).toString(),
                share.resolve("completion/bash").toString(), bin.resolve(program).toString()));
        command.addAll(List.of(words));
        Process bash = new ProcessBuilder(command).directory(bin.toFile()).redirectErrorStream(true).start();
        String text = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(bash.waitFor(30, TimeUnit.SECONDS) && bash.exitValue() == 0, text);
        assertFalse(Files.exists(bin.resolve("pwned")), "a bot's name was run as a command");
        return text.strip();
    }

    @Test
    @NeedsCommand(ZSH)
    void completesInZshAtTheFirstTab() throws Exception {
        Path script = Files.writeString(distribution.resolve("typing.zsh"), TYPING);
        Path shown = distribution.resolve("shown");
        Process zsh = new ProcessBuilder(ZSH, "-f", script.toString(), share.resolve("completion/zsh").toString())
                .redirectErrorStream(true).redirectOutput(shown.toFile()).start();
        boolean ended = zsh.waitFor(30, TimeUnit.SECONDS);
        zsh.destroyForcibly();
        String text = Files.readString(shown, StandardCharsets.UTF_8);
        assertTrue(ended, text);
        assertFalse(text.contains("not found"), text);
    }

    @Test
    void everyProgramAndCommandHasItsManualPage() throws IOException {
        String tap = manual("intelmqctl-tap");
        assertTrue(tap.contains(".B \\-\\-where EXPR") && tap.contains(".SH NAME\nintelmqctl\\-tap \\- Watch what a bot sends"), tap);
        for (String program : List.of("intelmq", "intelmqctl", "intelmqdump", "intelmq_psql_initdb")) {
            assertTrue(manual(program).startsWith(".TH \"" + program.toUpperCase(Locale.ROOT)), program);
        }
        assertTrue(manual("intelmqctl").contains(".B upgrade\\-config"));
        assertTrue(manual("intelmq-run").contains(".B \\-\\-tls\\-certificate FILE"));
    }

    private static String manual(String name) throws IOException {
        return Files.readString(share.resolve("man/man1/" + name + ".1"));
    }

    @Test
    void theListOfOurBotsIsWhatTheyDeclare() throws IOException {
        Map<String, Object> declared = CatalogueListing.of(Catalogue.load(CommandPagesTest.class.getClassLoader()));
        assertEquals(Json.write(declared), Json.write(Json.parse(Files.readString(ListedBots.file(distribution)))));
    }
}
