package org.intelmq.bots.experts.reversedns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.Dns;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.BotCases;
import org.intelmq.testing.MovableClock;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.StateInMemory;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReverseDnsExpertTest {

    private final List<String> questions = new ArrayList<>();
    private final Map<String, Dns.Answer> answers = new HashMap<>();
    private final MovableClock clock = new MovableClock(TestContext.NOW);

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), ReverseDnsExpert.TYPE);
    }

    @Test
    void remembersANameAsLongAsTheAnswerLives() throws Exception {
        answers.put("1.2.0.192.in-addr.arpa.", new Dns.Answer(List.of("one.example."), Duration.ofMinutes(5)));
        answers.put("2.2.0.192.in-addr.arpa.", new Dns.Answer(List.of("two.example."), Duration.ZERO));
        Bot<Message> expert = expert();
        assertEquals("one.example", nameOf("192.0.2.1", expert));
        assertEquals("two.example", nameOf("192.0.2.2", expert));
        clock.pass(Duration.ofSeconds(299));
        answers.put("1.2.0.192.in-addr.arpa.", new Dns.Answer(List.of("new.example."), Duration.ofMinutes(5)));
        answers.put("2.2.0.192.in-addr.arpa.", new Dns.Answer(List.of("new.example."), Duration.ofMinutes(5)));
        assertEquals("one.example", nameOf("192.0.2.1", expert));
        assertEquals("new.example", nameOf("192.0.2.2", expert));
        clock.pass(Duration.ofSeconds(2));
        assertEquals("new.example", nameOf("192.0.2.1", expert));
        assertEquals(4, questions.size());
    }

    @Test
    void remembersThatThereIsNoNameForTheTimeConfigured() throws Exception {
        Bot<Message> expert = expert();
        nameOf("192.0.2.3", expert);
        clock.pass(Duration.ofSeconds(86_399));
        nameOf("192.0.2.3", expert);
        assertEquals(1, questions.size());
        clock.pass(Duration.ofSeconds(2));
        nameOf("192.0.2.3", expert);
        assertEquals(2, questions.size());
    }

    @SuppressWarnings("unchecked")
    private Bot<Message> expert() throws Exception {
        ReverseDnsExpert.Params params = ParameterSchema.of(ReverseDnsExpert.Params.class).read(Map.of(), Set.of()).value();
        return (Bot<Message>) ReverseDnsExpert.TYPE.factory().create(params,
                new TestContext().state(new StateInMemory(clock)).dns(new ScriptedDns()));
    }

    private static String nameOf(String address, Bot<Message> expert) throws Exception {
        Event event = new Event(Harmonization.standard());
        event.add(Fields.SOURCE_IP, address);
        expert.process(event, new RecordingOutbox());
        return event.text(Fields.SOURCE_REVERSE_DNS);
    }

    private final class ScriptedDns implements Dns {

        @Override
        public CompletableFuture<Answer> answer(String name, String type) {
            questions.add(name);
            return CompletableFuture.completedFuture(answers.getOrDefault(name, new Answer(List.of(), null)));
        }

        @Override
        public CompletableFuture<List<String>> lookup(String name, String type) {
            return answer(name, type).thenApply(Answer::records);
        }
    }
}
