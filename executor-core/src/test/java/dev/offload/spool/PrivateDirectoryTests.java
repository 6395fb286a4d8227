package dev.offload.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PrivateDirectory}: what is removed, and what is not.
 */
class PrivateDirectoryTests {

	@TempDir
	private Path base;

	private long gone;

	@BeforeEach
	void endProcess() throws Exception {
		Process process = new ProcessBuilder("true").start();
		process.waitFor();
		this.gone = process.pid();
	}

	private Path leftBehind() throws IOException {
		return Files.createTempDirectory(this.base, "offload-" + this.gone + "-1-");
	}

	private void sweep() throws IOException {
		PrivateDirectory.create(this.base, "spool-directory").delete();
	}

	@Test
	void createWhenADirectoryIsLeftBehindRemovesIt() throws Exception {
		Path left = leftBehind();
		Files.createFile(Files.createDirectory(left.resolve("w1")).resolve("file"));
		Files.createFile(left.resolve(PrivateDirectory.LOCK));
		sweep();
		assertThat(this.base).isEmptyDirectory();
	}

	@Test
	void createWhenOthersCanEnterLeavesIt() throws Exception {
		Path left = leftBehind();
		Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rwxr-xr-x"));
		sweep();
		assertThat(left).exists();
	}

	@Test
	void createWhenItIsALinkLeavesWhatThatLeadsTo() throws Exception {
		Path foreign = Files.createTempDirectory(this.base, "foreign");
		Path file = Files.createFile(foreign.resolve("file"));
		Files.createSymbolicLink(this.base.resolve("offload-" + this.gone + "-1-x"), foreign);
		Files.createSymbolicLink(leftBehind().resolve("link"), foreign);
		sweep();
		assertThat(file).exists();
	}

	@Test
	void createWhenItIsLockedLeavesIt() throws Exception {
		Path left = leftBehind();
		try (FileChannel lock = FileChannel.open(left.resolve(PrivateDirectory.LOCK), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE)) {
			assertThat(lock.tryLock()).isNotNull();
			sweep();
			assertThat(left).exists();
		}
		sweep();
		assertThat(left).doesNotExist();
	}

	@Test
	void createWhenItIsMadeIsLockedUntilItIsRemoved() throws Exception {
		PrivateDirectory living = PrivateDirectory.create(this.base, "spool-directory");
		try (FileChannel lock = FileChannel.open(living.path().resolve(PrivateDirectory.LOCK),
				StandardOpenOption.WRITE)) {
			assertThatExceptionOfType(OverlappingFileLockException.class).isThrownBy(lock::tryLock);
		}
		sweep();
		assertThat(living.path()).exists();
		living.delete();
		assertThat(living.path()).doesNotExist();
	}

	@Test
	void deleteWhenSomethingCannotBeRemovedRemovesTheRest() throws Exception {
		PrivateDirectory directory = PrivateDirectory.create(this.base, "spool-directory");
		Path deep = directory.path();
		for (int i = 0; i < 110; i++) {
			deep = Files.createDirectory(deep.resolve("d"));
		}
		for (int i = 0; i < 50; i++) {
			Files.createFile(directory.path().resolve("file" + i));
		}
		directory.delete();
		try (Stream<Path> left = Files.list(directory.path())) {
			assertThat(left).containsExactly(directory.path().resolve("d"));
		}
		assertThat(PrivateDirectory.delete(directory.path())).isFalse();
	}

}
