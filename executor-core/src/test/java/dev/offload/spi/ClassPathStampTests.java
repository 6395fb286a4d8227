package dev.offload.spi;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClassPathStamp}.
 */
class ClassPathStampTests {

	@TempDir
	private Path directory;

	private Path first;

	private Path second;

	private ClassPathStamp before;

	@BeforeEach
	void writeFiles() throws Exception {
		this.first = Files.writeString(this.directory.resolve("a.jar"), "one");
		this.second = Files.writeString(this.directory.resolve("b.jar"), "two");
		Files.setLastModifiedTime(this.first, FileTime.fromMillis(1_000));
		this.before = now();
	}

	@Test
	void nothingHasChangedInWhatIsTheSame() {
		assertThat(this.before.changes(now())).isEmpty();
		assertThat(now().digest()).isEqualTo(this.before.digest());
	}

	@Test
	void anotherSizeIsAChange() throws Exception {
		Files.writeString(this.first, "three");
		Files.setLastModifiedTime(this.first, FileTime.fromMillis(1_000));
		assertThat(this.before.changes(now())).containsExactly(
				this.first + " was 3 bytes of 1970-01-01T00:00:01Z, and is 5 bytes of 1970-01-01T00:00:01Z");
		assertThat(now().digest()).isNotEqualTo(this.before.digest());
	}

	@Test
	void anotherTimeIsAChangeOfTheSameContentToo() throws Exception {
		Files.setLastModifiedTime(this.first, FileTime.fromMillis(2_000));
		assertThat(this.before.changes(now())).hasSize(1);
		assertThat(now().digest()).isNotEqualTo(this.before.digest());
	}

	@Test
	void fileThatIsGoneIsAChange() throws Exception {
		Files.delete(this.second);
		assertThat(this.before.changes(now())).singleElement().asString().endsWith("and is gone");
		assertThat(now().digest()).isNotEqualTo(this.before.digest());
	}

	@Test
	void directoriesAndWhatIsNotThereHaveNoStamp() throws Exception {
		Path classes = Files.createDirectory(this.directory.resolve("classes"));
		assertThat(ClassPathStamp.of(List.of(classes.toString(), "/no/such.jar")).files()).isEmpty();
	}

	@Test
	void orderOfTheFilesCounts() {
		assertThat(ClassPathStamp.of(List.of(this.second.toString(), this.first.toString())).digest())
			.isNotEqualTo(this.before.digest());
	}

	private ClassPathStamp now() {
		return ClassPathStamp.of(List.of(this.first.toString(), this.second.toString()));
	}

}
