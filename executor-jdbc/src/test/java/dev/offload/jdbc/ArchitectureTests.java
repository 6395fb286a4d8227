package dev.offload.jdbc;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/**
 * Tests for what the store may use, and its auto-configuration.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("dev.offload.jdbc");

	@Test
	void storeUsesNothingThatMayBeMissing() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage("dev.offload.jdbc")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "javax.sql..", "org.slf4j..", "org.jspecify..", "tools.jackson.core..",
					"dev.offload", "dev.offload.spi..", "dev.offload.codec..", "dev.offload.jdbc")
			.check(CLASSES);
	}

	@Test
	void autoConfigurationUsesTheStarterAndNoOtherLibraryForDatabases() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.h2..", "org.postgresql..", "com.zaxxer..", "jakarta..",
					"org.springframework.dao..")
			.check(CLASSES);
	}

}
