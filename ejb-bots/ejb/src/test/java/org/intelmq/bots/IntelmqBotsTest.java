package org.intelmq.bots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.intelmq.bot.BotType;
import org.intelmq.catalogue.Catalogue;
import org.junit.jupiter.api.Test;

class IntelmqBotsTest {

    /** A bot is a constant of {@link BotType}; one that is not listed could not be configured. */
    @Test
    void listsEveryTypeOnce() throws Exception {
        Set<String> declared = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.intelmq.bots")) {
            for (JavaField field : type.getFields()) {
                if (field.getRawType().isEquivalentTo(BotType.class) && field.getModifiers().contains(JavaModifier.STATIC)) {
                    declared.add(((BotType<?>) type.reflect().getField(field.getName()).get(null)).module());
                }
            }
        }
        assertFalse(declared.isEmpty(), "no bots found");
        assertEquals(declared, new IntelmqBots().types().stream().map(BotType::module).collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(declared.size(), new IntelmqBots().types().size(), "a bot is listed twice");
    }

    @Test
    void areFoundLikeAStrangers() {
        Set<String> found = Catalogue.load(getClass().getClassLoader()).types().stream().map(BotType::module).collect(Collectors.toSet());
        assertEquals(new IntelmqBots().types().stream().map(BotType::module).collect(Collectors.toSet()), found);
    }
}
