package dev.offload;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the packages of the core: which there are, and which may use which.
 */
class ArchitectureTests {

	private static final String BASE = "dev.offload";

	/** Each package, and those of ours that it may use besides itself. */
	private static final Map<String, List<String>> DIRECTIONS = directions();

	private static JavaClasses classes;

	@BeforeAll
	static void importClasses() {
		classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(BASE);
		assertThat(classes).isNotEmpty();
	}

	@TestFactory
	Stream<DynamicTest> packageUsesOnlyThoseItMay() {
		return DIRECTIONS.keySet()
			.stream()
			.map((name) -> DynamicTest.dynamicTest(name, () -> check(classesIn(name, usesOnlyAllowed(name)))));
	}

	@Test
	void everyClassIsInAKnownPackage() {
		check(ArchRuleDefinition.classes().should().resideInAnyPackage(DIRECTIONS.keySet().toArray(String[]::new)));
	}

	@Test
	void packagesFormNoCycle() {
		check(SlicesRuleDefinition.slices().matching("dev.(**)").should().beFreeOfCycles());
	}

	@Test
	void baseUsesOnlyTheJdkAndJSpecify() {
		check(ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(BASE)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(BASE, "java..", "org.jspecify.annotations"));
	}

	@Test
	void coreUsesOnlyTheJdkSlf4jAndJSpecify() {
		check(ArchRuleDefinition.classes()
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("dev.offload..", "java..", "javax..", "com.sun.management", "org.slf4j..",
					"org.jspecify.annotations"));
	}

	@Test
	void coreUsesNoSpring() {
		check(ArchRuleDefinition.noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework.."));
	}

	@Test
	void workerUsesNothingOfTheServiceSide() {
		check(ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage("dev.offload.worker..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("dev.offload.pool..", "dev.offload.process..", "dev.offload.dispatch..",
					"dev.offload.local.."));
	}

	// A clock that is set must not end tasks or workers. When a worker was started is
	// told to people, when a task was submitted and since when its store fails too, and
	// which start-up cache was used last by the times of files. A task in a worker is
	// told by the clock there when its time is up, which a length of time had said.
	@Test
	void noLimitOfTimeIsReadFromTheWallClock() {
		check(ArchRuleDefinition.noClasses()
			.should()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(Clock.class));
		check(ArchRuleDefinition.noClasses()
			.that()
			.doNotHaveFullyQualifiedName("dev.offload.pool.Worker")
			.and()
			.doNotHaveFullyQualifiedName("dev.offload.spi.TaskDirectory")
			.and()
			.doNotHaveFullyQualifiedName("dev.offload.process.StartupCaches")
			.and()
			.doNotHaveFullyQualifiedName("dev.offload.CompletedTask")
			.and()
			.doNotHaveFullyQualifiedName("dev.offload.dispatch.Submission")
			.and()
			.doNotHaveFullyQualifiedName("dev.offload.worker.WorkerTaskContext")
			.should()
			.callMethod(Instant.class, "now"));
	}

	private static Map<String, List<String>> directions() {
		Map<String, List<String>> directions = new LinkedHashMap<>();
		directions.put(BASE, List.of());
		put(directions, "spi", BASE);
		put(directions, "protocol", "spi");
		put(directions, "transport", "spi", "protocol");
		put(directions, "codec", BASE, "spi");
		put(directions, "adapter", BASE);
		put(directions, "batch", BASE, "spi");
		put(directions, "dispatch", BASE, "spi", "batch");
		put(directions, "process", BASE, "spi");
		put(directions, "registry", BASE, "spi");
		put(directions, "spool", BASE, "spi", "codec");
		put(directions, "local", BASE, "spi", "dispatch", "codec", "spool");
		put(directions, "worker", BASE, "spi", "codec", "spool", "transport", "protocol");
		put(directions, "pool", BASE, "spi", "dispatch", "codec", "spool", "process", "transport", "protocol");
		return directions;
	}

	private static void put(Map<String, List<String>> directions, String name, String... allowed) {
		directions.put(qualified(name), Stream.of(allowed).map(ArchitectureTests::qualified).toList());
	}

	private static String qualified(String name) {
		return name.equals(BASE) ? BASE : BASE + "." + name;
	}

	private static ArchRule classesIn(String name, DescribedPredicate<JavaClass> allowed) {
		return ArchRuleDefinition.classes().that().resideInAPackage(name).should().onlyDependOnClassesThat(allowed);
	}

	private static DescribedPredicate<JavaClass> usesOnlyAllowed(String name) {
		List<String> allowed = DIRECTIONS.get(name);
		return DescribedPredicate.describe("are of that package, of " + allowed + " or not ours",
				(used) -> !isOurs(used) || isIn(used, name) || allowed.stream().anyMatch((other) -> isIn(used, other)));
	}

	private static boolean isOurs(JavaClass used) {
		return isIn(used, BASE) || used.getPackageName().startsWith(BASE + ".");
	}

	private static boolean isIn(JavaClass used, String name) {
		return used.getPackageName().equals(name);
	}

	private static void check(ArchRule rule) {
		rule.allowEmptyShould(true).check(classes);
	}

}
