package org.intelmq.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Param;
import org.intelmq.message.Harmonization;
import org.intelmq.parameters.ParameterSchema;
import org.junit.jupiter.api.Test;

class NamedFieldsTest {

    record Params(
            @Param(value = "Columns.", optional = true, fields = FieldNames.FILLED) Object columns,
            @Param(value = "Fields by key.", optional = true, fields = FieldNames.VALUES_FILLED) Map<String, Object> keys,
            @Param(value = "Names.", optional = true, fields = FieldNames.KEYS_LOOKED_AT) Map<String, Object> names,
            @Param(value = "What is not a field.", optional = true) String other) { }

    private static List<NamedFields.Unknown> unknown(String name, Object value) {
        return NamedFields.unknown(Params.class, Map.of(name, value), Harmonization.standard());
    }

    @Test
    void namesAreCheckedWhereverTheyStand() {
        String text = "parameter 'columns' names \"nope\", which is not a field of the harmonization";
        assertEquals(List.of(new NamedFields.Unknown(text, true)), unknown("columns", "source.ip, nope|source.fqdn, , __IGNORE__, extra.any.thing"));
        assertEquals(List.of(new NamedFields.Unknown(text, true)), unknown("columns", List.of("source.ip", "nope", "nope|extra.x")));
        assertEquals(List.of(new NamedFields.Unknown("parameter 'keys' names \"nope\", which is not a field of the harmonization", true)),
                unknown("keys", Map.of("src", "source.ip", "x", "nope")));
        assertEquals(List.of(new NamedFields.Unknown("parameter 'names' names \"nope\", which is not a field of the harmonization", false)),
                unknown("names", Map.of("nope", "x", "source.ip", "y")));
        assertEquals(List.of(), unknown("other", "nope"));
    }

    @Test
    void fieldsOfTheInstallationCount() {
        Harmonization own = Harmonization.parse("{\"event\": {\"nope\": {\"type\": \"String\"}}, \"report\": {}}");
        assertEquals(List.of(), NamedFields.unknown(Params.class, Map.of("columns", "nope"), own));
    }

    /** A default that names what does not exist would be reported to everyone who sets nothing. */
    @Test
    void defaultsAndExamplesOfAllBotsNameFieldsThatExist() {
        for (BotType<?> type : Catalogue.load(getClass().getClassLoader()).types()) {
            for (ParameterSchema.Parameter parameter : ParameterSchema.of(type.params()).parameters()) {
                if (parameter.defaultValue() != null && !parameter.defaultValue().isEmpty()) {
                    List<NamedFields.Unknown> unknown = NamedFields.unknown(type.params(), Map.of(parameter.name(), parameter.defaultValue()),
                            Harmonization.standard());
                    assertFalse(unknown.stream().anyMatch(NamedFields.Unknown::fatal), type.module() + ": " + unknown);
                }
            }
        }
    }
}
