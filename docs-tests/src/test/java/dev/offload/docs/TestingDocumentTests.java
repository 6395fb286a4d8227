package dev.offload.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the example in {@code docs/testing.md} is one that runs.
 */
class TestingDocumentTests {

	private static final Path ROOT = ProjectRoot.find();

	@Test
	void exampleIsATestOfTheModule() throws IOException {
		String example = CodeBlocks
			.ofSection(Files.readString(ROOT.resolve("docs/testing.md")), "An application that offloads")
			.of("java")
			.get(0);
		assertThat(Files.readString(ROOT
			.resolve("executor-spring-boot-starter-test/src/test/java/dev/offload/spring/test/ReportsTests.java")))
			.endsWith("\n" + example);
	}

}
