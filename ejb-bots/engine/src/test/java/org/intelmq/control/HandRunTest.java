package org.intelmq.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandRunTest {

    private static final Trial TRIAL = new Trial(List.of("a line of its log"),
            List.of(new Trial.Sent("_default", "{\"source.port\": 80, \"__type\": \"Event\"}")));

    @TempDir
    private Path folder;
    private RuntimeConfiguration configuration;
    private final List<String> shown = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void configure() throws IOException {
        configuration = RuntimeConfiguration.read(Files.writeString(folder.resolve("runtime.yaml"), """
                collector: {group: Collector, module: a, parameters: {destination_queues: {_default: [parser-queue]}}}
                parser: {group: Parser, module: b, parameters: {destination_queues: {_default: [output-queue, other-queue]}}}
                balanced: {group: Expert, module: d, parameters: {load_balance: true, destination_queues: {_default: [output-queue, other-queue]}}}
                output: {group: Output, module: c}
                """), Map.of());
    }

    private HandRun bot(String id) {
        BotControl control = (BotControl) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {BotControl.class}, (proxy, method, arguments) -> {
            asked.add(method.getName() + Arrays.toString(arguments));
            return switch (method.getName()) {
                case "pop" -> "{\"b\": 2, \"a\": 1, \"__type\": \"Event\"}";
                case "peek" -> List.of();
                case "status" -> Map.of(id, BotState.RUNNING);
                default -> null;
            };
        });
        return new HandRun(control, configuration.bot(id), shown::add);
    }

    @Test
    void showsTheNextMessageWithoutItsType() {
        bot("output").take(true);
        bot("output").take(false);
        bot("collector").take(true);
        assertEquals(List.of("{\n    \"a\": 1,\n    \"b\": 2\n}", "The queue output-queue is empty.", "Collector bots have no input queue."), shown);
        assertEquals(List.of("pop[output-queue]", "peek[output-queue, 1]"), asked);
    }

    @Test
    void sendsToOneOfThoseThatShareTheLoad() throws Exception {
        bot("balanced").send("{\"source.port\": 80}");
        assertEquals(1, asked.size(), asked::toString);
        assertTrue(asked.get(0).matches("send\\[(output|other)-queue, .*"), asked.get(0));
    }

    @Test
    void sendsToAllThatComeNext() throws Exception {
        bot("parser").send("{\"source.port\": 80}");
        bot("output").send("{}");
        assertEquals(List.of("Message sent to output pipelines.", "Output bots can't send message."), shown);
        String event = "{\"source.port\": 80, \"__type\": \"Event\"}";
        assertEquals(List.of("send[output-queue, " + event + "]", "send[other-queue, " + event + "]"), asked);
    }

    @Test
    void saysWhatIsWrongWithAMessage() {
        HandRun parser = bot("parser");
        assertEquals("Message missing!", assertThrows(HandRun.UnusableMessageException.class, () -> parser.send(null)).getMessage());
        assertEquals("Message can not be parsed from JSON: expected an object",
                assertThrows(HandRun.UnusableMessageException.class, () -> parser.input("[]")).getMessage());
        assertThrows(HandRun.UnusableMessageException.class, () -> parser.input("{"));
        assertEquals(List.of(), asked);
    }

    @Test
    void givesAMessageTheTypeThatTheBotTakes() throws Exception {
        assertEquals("{\"raw\": \"\", \"__type\": \"Report\"}", bot("parser").input("{\"raw\": \"\"}"));
        assertEquals("{\"__type\": \"Report\"}", bot("output").input("{\"__type\": \"Report\"}"));
    }

    @Test
    void tellsWhatWouldHaveBeenSent() {
        bot("parser").tell(TRIAL, true, true, true);
        assertEquals(List.of(" * Message from cli will be used when processing.", " * Dryrun only, no message will be really sent through.", "Processing...",
                "a line of its log", "[\n    {\n        \"source.port\": 80\n    }\n]", "DRYRUN: Message would be sent now to '_default'!",
                "DRYRUN: Message would be acknowledged now!"), shown);
    }

    /** It has taken nothing. */
    @Test
    void aCollectorAcknowledgesNothing() {
        bot("collector").tell(TRIAL, false, true, false);
        assertEquals("DRYRUN: Message would be sent now to '_default'!", shown.get(shown.size() - 1));
    }

    @Test
    void saysThatARunningBotIsStoppedMeanwhile() {
        assertEquals(true, bot("parser").isInTheWay());
        assertEquals(1, shown.size());
    }
}
