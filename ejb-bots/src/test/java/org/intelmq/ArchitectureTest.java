package org.intelmq;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

/**
 * The arrows of the architecture go one way: host, engine, catalogue, bots, contract, message, text. Think hard before changing
 * this file: a new arrow is a new thing to know for everybody who reads either end.
 */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.intelmq");

    @Test
    void layersKnowOnlyWhatIsBelowThem() {
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true)
                .layer("host").definedBy("org.intelmq.host..")
                .layer("replay").definedBy("org.intelmq.replay..")
                .layer("engine").definedBy("org.intelmq.engine..")
                .layer("control").definedBy("org.intelmq.control..")
                .layer("pipeline").definedBy("org.intelmq.pipeline..")
                .layer("network").definedBy("org.intelmq.network..")
                .layer("state").definedBy("org.intelmq.state..")
                .layer("catalogue").definedBy("org.intelmq.catalogue..")
                .layer("bots").definedBy("org.intelmq.bots..")
                .layer("eventdb").definedBy("org.intelmq.eventdb..")
                .layer("bot").definedBy("org.intelmq.bot..")
                .layer("yaml").definedBy("org.intelmq.yaml..")
                .layer("message").definedBy("org.intelmq.message..")
                .layer("text").definedBy("org.intelmq.text..")
                .whereLayer("host").mayNotBeAccessedByAnyLayer()
                .whereLayer("replay").mayNotBeAccessedByAnyLayer()
                .whereLayer("engine").mayOnlyBeAccessedByLayers("host", "replay")
                .whereLayer("control").mayOnlyBeAccessedByLayers("host", "engine")
                .whereLayer("network").mayOnlyBeAccessedByLayers("host")
                .whereLayer("state").mayOnlyBeAccessedByLayers("host", "replay", "engine")
                .whereLayer("pipeline").mayOnlyBeAccessedByLayers("host", "replay", "engine", "control")
                .whereLayer("catalogue").mayOnlyBeAccessedByLayers("host", "control", "replay", "engine", "pipeline")
                .whereLayer("bots").mayOnlyBeAccessedByLayers("catalogue")
                .whereLayer("eventdb").mayOnlyBeAccessedByLayers("bots")
                .check(OURS);
    }

    @Test
    void textKnowsNothingAndMessagesKnowOnlyText() {
        noClasses().that().resideInAPackage("org.intelmq.text..").should().dependOnClassesThat()
                .resideInAnyPackage("org.intelmq.message..", "org.intelmq.bot..", "org.intelmq.bots..").check(OURS);
        noClasses().that().resideInAPackage("org.intelmq.message..").should().dependOnClassesThat()
                .resideInAnyPackage("org.intelmq.bot..", "org.intelmq.bots..").check(OURS);
        noClasses().that().resideInAPackage("org.intelmq.bot..").should().dependOnClassesThat()
                .resideInAnyPackage("org.intelmq.bots..").check(OURS);
    }

    @Test
    void aBotKnowsNoOtherBot() {
        slices().assignedFrom(new EachBot()).should().notDependOnEachOther().check(OURS);
    }

    @Test
    void onlyTheHostKnowsTheContainer() {
        noClasses().that().resideOutsideOfPackages("org.intelmq.host..", "org.intelmq.jms..").should().dependOnClassesThat()
                .resideInAnyPackage("jakarta.ejb..", "jakarta.jms..", "jakarta.annotation..", "jakarta.enterprise..", "jakarta.inject..",
                        "jakarta.transaction..", "jakarta.resource..").check(OURS);
    }

    /** Feeds of one publisher share a folder, so a bot is what lies directly below {@code collectors}, {@code parsers} and so on. */
    private static final class EachBot implements SliceAssignment {

        private static final int GROUP = 3;

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String[] parts = type.getPackageName().split("\\.");
            boolean isBot = type.getPackageName().startsWith("org.intelmq.bots.") && parts.length > GROUP + 1;
            return isBot ? SliceIdentifier.of(parts[GROUP], parts[GROUP + 1]) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "each bot";
        }
    }
}
