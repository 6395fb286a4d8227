package dev.offload.spring;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the packages of the starter: which may use which, and where libraries that
 * need not be there are used.
 */
class ArchitectureTests {

	private static final String BASE = "dev.offload.spring";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(BASE);

	@Test
	void packagesFormNoCycle() {
		SlicesRuleDefinition.slices().matching("dev.offload.(spring..)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void librariesThatNeedNotBeThereAreUsedInTheirPackagesOnly() {
		Map<String, String> homes = new HashMap<>(Map.of("org.springframework.security..", "security", "reactor..",
				"reactive", "org.reactivestreams..", "reactive", "kotlin..", "reactive", "kotlinx..", "reactive"));
		homes.putAll(Map.of("io.micrometer.core..", "metrics", "io.micrometer.observation..", "observation",
				"io.micrometer.common..", "observation", "org.springframework.boot.actuate..", "actuate",
				"org.springframework.boot.health..", "actuate", "org.springframework.transaction..", "transaction",
				"org.springframework.cloud..", "autoconfigure", "org.springframework.http..", "web",
				"org.springframework.web..", "web", "io.github.bucket4j..", "ratelimit"));
		homes.put("com.github.benmanes.caffeine..", "store");
		homes.forEach((library, home) -> ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(BASE + "." + home)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(library)
			.check(CLASSES));
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.micrometer.tracing..", "org.springframework.dao..", "org.aspectj..", "jakarta..",
					"org.springframework.web.reactive..")
			.check(CLASSES);
	}

	@Test
	void aspectKnowsNothingOfConfigurationAndWorkers() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAnyPackage(BASE, BASE + ".validation")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(BASE + ".autoconfigure", BASE + ".worker", BASE + ".metrics", BASE + ".actuate",
					BASE + ".web")
			.check(CLASSES);
	}

	@Test
	void autoConfigurationsAreRegisteredPublicAndFinal() {
		Set<String> registered = new TreeSet<>();
		ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
			.forEach((name) -> registered.add(name));
		Set<String> declared = new TreeSet<>();
		CLASSES.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.forEach((type) -> declared.add(type.getName()));
		assertThat(registered).containsAll(declared);
		ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.check(CLASSES);
	}

}
