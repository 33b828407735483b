package dev.dormouse.integration;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
}
