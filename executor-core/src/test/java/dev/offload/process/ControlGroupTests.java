package dev.offload.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ControlGroup}, with files like those of Linux.
 */
class ControlGroupTests {

	@TempDir
	private Path directory;

	@Test
	void groupInAContainerIsTheRootOfWhatItSees() throws Exception {
		group("");
		assertThat(of("0::/").endedAsAWhole()).isNull();
		Path file = Files.writeString(root().resolve("memory.oom.group"), "1\n");
		assertThat(of("0::/").endedAsAWhole()).isEqualTo(file);
		Files.writeString(file, "0\n");
		assertThat(of("0::/").endedAsAWhole()).isNull();
	}

	@Test
	void groupAboveCountsToo() throws Exception {
		group("system.slice/app.service");
		Path file = Files.writeString(root().resolve("system.slice/memory.oom.group"), "1\n");
		Files.writeString(root().resolve("system.slice/app.service/memory.oom.group"), "0\n");
		assertThat(of("12:memory:/x\n0::/system.slice/app.service").endedAsAWhole()).isEqualTo(file);
	}

	@Test
	void groupOfVersionOneOnlyIsNone() throws Exception {
		group("");
		assertThat(ControlGroup.of(membership("4:memory:/x\n1:cpu:/\n"), root())).isNull();
		assertThat(ControlGroup.of(this.directory.resolve("none"), root())).isNull();
	}

	@Test
	void groupOutsideOfWhatIsSeenIsNone() throws Exception {
		group("");
		assertThat(ControlGroup.of(membership("0::/../other\n"), root())).isNull();
	}

	@Test
	void ownGroupCanBeAskedForAnywhere() {
		ControlGroup own = ControlGroup.own();
		if (own != null) {
			assertThat(own.directory()).startsWith(Path.of("/sys/fs/cgroup"));
		}
	}

	private ControlGroup of(String membership) throws IOException {
		return ControlGroup.of(membership(membership), root());
	}

	private Path membership(String text) throws IOException {
		return Files.writeString(this.directory.resolve("membership"), text);
	}

	private void group(String path) throws IOException {
		Files.createDirectories(root().resolve(path));
	}

	private Path root() {
		return this.directory.resolve("cgroup");
	}

}
