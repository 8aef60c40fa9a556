package org.intelmq.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.intelmq.message.Added;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;
import org.intelmq.message.IfPresent;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.Message;
import org.intelmq.message.MessageHash;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.replay.Plain;

/** The functions of messages; a vector may also be a list of operations on one message. */
final class MessageVectors {

    private final Message message;
    private final Call call;

    private MessageVectors(Message message, Call call) {
        this.message = message;
        this.call = call;
    }

    static Object call(String function, Call call) {
        Harmonization harmonization = RecordedHarmonization.INSTANCE.withClock(call.clock());
        if (function.equals("MessageFactory.unserialize")) {
            return withType(MessageJson.parse((String) call.first(), harmonization, call.text(1, "default_type")));
        }
        if (function.equals("Message.ops")) {
            return operations(harmonization, call);
        }
        Map<String, Object> content = Plain.map(call.first());
        if (function.equals("Event.from_report")) {
            List<Field> fields = Plain.<String>list(call.argument(1, "")).stream().map(Field::of).toList();
            return flat(Event.from((Report) MessageJson.fromMap(content, harmonization, "Report"), fields));
        }
        if (function.equals("Report.from_event")) {
            return flat(Report.from((Event) MessageJson.fromMap(content, harmonization, "Event")));
        }
        Call rest = new Call(List.of(), call.named(), call.clock());
        return new MessageVectors(MessageJson.restore(content, harmonization), rest)
                .perform(function.substring("Message.".length()));
    }

    private static Object operations(Harmonization harmonization, Call call) {
        Map<String, Object> content = new LinkedHashMap<>(Plain.map(call.argument(1, "")));
        content.remove("__type");
        Message message = MessageJson.fromMap(content, harmonization, (String) call.first());
        List<Object> steps = new ArrayList<>();
        for (List<Object> operation : Plain.<List<Object>>list(call.argument(2, ""))) {
            Call step = Call.of(operation.get(1), operation.size() > 2 ? operation.get(2) : null, call.clock());
            steps.add(outcome(() -> new MessageVectors(message, step).perform((String) operation.get(0))));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("steps", steps);
        Map<String, Object> last = flat(message);
        last.remove("__type");
        result.put("final", last);
        Object serialized = outcome(() -> MessageJson.serialize(message));
        result.put("serialize", Plain.map(serialized).getOrDefault("result", serialized));
        return result;
    }

    private interface Step {
        Object perform();
    }

    private static Object outcome(Step step) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        try {
            outcome.put("result", step.perform());
        } catch (RuntimeException e) {
            outcome.put("raises", e);
        }
        return outcome;
    }

    private static Map<String, Object> flat(Message message) {
        return MessageJson.toMap(message, false, false, false);
    }

    private static Map<String, Object> withType(Message message) {
        return MessageJson.toMap(message, false, true, false);
    }

    private Object perform(String operation) {
        boolean hierarchical = call.flag(9, "hierarchical", false);
        boolean withType = call.flag(9, "with_type", false);
        return switch (operation) {
            case "add" -> added(message.add(field(), call.argument(1, "value"), ifPresent(), call.flag(2, "sanitize", true),
                    call.flag(9, "raise_failure", true), call.named().containsKey("ignore") ? Plain.list(call.named().get("ignore")) : null));
            case "set" -> {
                message.add(field(), call.argument(1, "value"));
                yield null;
            }
            case "change" -> {
                if (!message.has(field())) {
                    message.change(field(), null);
                }
                yield added(message.add(field(), call.argument(1, "value"), IfPresent.REPLACE, call.flag(2, "sanitize", true), true, null));
            }
            case "update" -> {
                message.update(Plain.map(call.first()));
                yield null;
            }
            case "is_valid" -> message.isValid(field(), call.argument(1, "value"), call.flag(2, "sanitize", true));
            case "get" -> {
                Object value = message.get(field());
                yield value == null && call.arguments().size() > 1 ? call.arguments().get(1) : value;
            }
            case "getitem" -> {
                Object value = message.get(field());
                yield value == null && !message.has(field()) ? missing() : value;
            }
            case "in" -> message.has(field());
            case "del" -> {
                if (!message.has(field()) && !field().name().equals("extra")) {
                    missing();
                }
                message.remove(field());
                yield null;
            }
            case "keys" -> new ArrayList<>(flat(message).keySet());
            case "len" -> message.size();
            case "finditems" -> {
                List<Object> found = new ArrayList<>();
                message.startingWith((String) call.first()).forEach((field, value) -> {
                    List<Object> pair = new ArrayList<>(List.of(field.name()));
                    pair.add(value);
                    found.add(pair);
                });
                yield found;
            }
            case "to_dict" -> MessageJson.toMap(message, hierarchical, withType, call.flag(9, "jsondict_as_string", false));
            case "to_json" -> MessageJson.toJson(message, hierarchical, withType);
            case "serialize" -> MessageJson.serialize(message);
            case "hash" -> hash();
            case "copy" -> withType(message.copy());
            case "deep_copy" -> withType(message.deepCopy());
            case "set_default_value" -> {
                message.setDefaultValue(call.first());
                yield null;
            }
            default -> throw new UnsupportedFunction();
        };
    }

    private Field field() {
        return Field.of((String) call.first());
    }

    private static Object missing() {
        throw new IllegalArgumentException("not set");
    }

    private IfPresent ifPresent() {
        Object overwrite = call.named().get("overwrite");
        return overwrite == null ? IfPresent.FAIL : (Boolean) overwrite ? IfPresent.REPLACE : IfPresent.KEEP;
    }

    private static Object added(Added added) {
        return switch (added) {
            case STORED -> Boolean.TRUE;
            case REFUSED -> Boolean.FALSE;
            case IGNORED -> null;
        };
    }

    private String hash() {
        String type = call.named().containsKey("filter_type") ? (String) call.named().get("filter_type") : "blacklist";
        if (!type.equals("blacklist") && !type.equals("whitelist")) {
            throw new InvalidArgument("filter_type cannot be \"" + type + "\": one of [whitelist, blacklist]");
        }
        Set<Field> fields = new TreeSet<>();
        Plain.<String>list(call.named().get("filter_keys")).forEach(name -> fields.add(Field.of(name)));
        return new MessageHash(fields, type.equals("whitelist")).hex(message);
    }
}
