package dev.dormouse.integration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The module arrows of the design: units and waitport depend on nothing of ours, the activator never on the daemon. */
class ModuleArrowsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.dormouse");

    @Test
    void modulesDependInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("units")
                .definedBy("dev.dormouse.units..")
                .layer("waitport")
                .definedBy("dev.dormouse.waitport..")
                .layer("proxy")
                .definedBy("dev.dormouse.proxy..")
                .layer("daemon")
                .definedBy("dev.dormouse.daemon..")
                .layer("activator")
                .definedBy("dev.dormouse.activator..")
                .whereLayer("units")
                .mayNotAccessAnyLayer()
                .whereLayer("waitport")
                .mayNotAccessAnyLayer()
                .whereLayer("proxy")
                .mayOnlyAccessLayers("units", "waitport")
                .whereLayer("daemon")
                .mayOnlyAccessLayers("units", "waitport")
                .whereLayer("activator")
                .mayOnlyAccessLayers("units", "waitport", "proxy")
                .withOptionalLayers(true)
                .check(CLASSES);
    }

    /** What needs each other lives together: no package of a module depends on one that depends on it. */
    @Test
    void packagesDependInOneDirection() {
        for (String module : List.of("units", "waitport", "proxy", "daemon", "activator")) {
            slices().matching("dev.dormouse." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    /** The Docker API sees the engine through its interfaces; the engine never sees the API. */
    @Test
    void theEngineDoesNotKnowItsApi() {
        noClasses()
                .that()
                .resideInAPackage("dev.dormouse.daemon.*..")
                .and()
                .resideOutsideOfPackage("dev.dormouse.daemon.api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.dormouse.daemon.api..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.dormouse.daemon.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.dormouse.daemon.runtime..", "dev.dormouse.daemon.store..")
                .check(CLASSES);
    }
}
