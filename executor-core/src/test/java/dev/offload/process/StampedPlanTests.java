package dev.offload.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link StampedPlan}.
 */
class StampedPlanTests {

	@TempDir
	private Path directory;

	@Test
	void archiveThatIsReplacedIsNoticed() throws Exception {
		Path archive = Files.writeString(this.directory.resolve("my app.jar"), "one");
		String nested = "jar:nested:" + archive.toString().replace(" ", "%20") + "/!BOOT-INF/lib/a.jar!/";
		StampedPlan plan = plan(nested, nested.replace("a.jar", "b.jar"));
		assertThatNoException().isThrownBy(plan::check);
		Files.writeString(archive, "another");
		assertThatIOException().isThrownBy(plan::check)
			.withMessageContaining(archive + " was 3 bytes of ")
			.withMessageContaining("and is 7 bytes of ")
			.withMessageContaining("Restart it");
	}

	@Test
	void jarsThatTheManifestOfTheOnlyJarNamesAreNoticedToo() throws Exception {
		Path library = Files.writeString(Files.createDirectory(this.directory.resolve("lib")).resolve("a b.jar"),
				"one");
		Path jar = writeJar("lib/a%20b.jar lib/none.jar http://localhost/x.jar");
		StampedPlan plan = plan(jar.toString());
		assertThat(plan.stamp().files()).containsOnlyKeys(jar.toString(), library.toString());
		Files.writeString(library, "another");
		assertThatIOException().isThrownBy(plan::check).withMessageContaining(library.toString());
	}

	@Test
	void directoryIsNotLookedInto() throws Exception {
		Path classes = Files.createDirectory(this.directory.resolve("classes"));
		StampedPlan plan = plan(classes.toString());
		Files.writeString(classes.resolve("A.class"), "new");
		assertThatNoException().isThrownBy(plan::check);
	}

	private static StampedPlan plan(String... locations) throws IOException {
		return StampedPlan.of(new LaunchPlan(List.of(locations)));
	}

	private Path writeJar(String classPath) throws IOException {
		Path jar = this.directory.resolve("app.jar");
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
		try (OutputStream file = Files.newOutputStream(jar)) {
			new JarOutputStream(file, manifest).close();
		}
		return jar;
	}

}
