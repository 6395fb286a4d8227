package dev.offload.spool;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.PayloadException;
import dev.offload.codec.PayloadReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link Spool}: what it takes over from workers that may be hostile, and what
 * it makes of arguments.
 */
class SpoolTests {

	private static final String NAME = "0123456789abcdef0123456789abcdef";

	private static final String STREAM = InputStream.class.getName();

	@TempDir
	private Path base;

	private Spool spool;

	private Path directory;

	@BeforeEach
	void create() throws IOException {
		this.spool = new Spool(
				ExecutorSpec.builder("pdf").maxSpoolBytes(100).spoolDirectory(this.base.toString()).build(),
				StreamedTypes.known(), null);
		this.directory = this.spool.directoryOf(1);
	}

	@AfterEach
	void nothingIsLeft() {
		this.spool.close();
		assertThat(this.base.resolve("foreign")).satisfiesAnyOf((path) -> assertThat(path).doesNotExist(),
				(path) -> assertThat(path).hasContent("foreign"));
		assertThat(this.spool.space().held()).isZero();
	}

	private static PayloadReference reference(String file, long length) {
		return new PayloadReference(STREAM, true, file, length, Map.of());
	}

	private void assertRefused(PayloadReference reference, String reason) {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.spool.take(reference, this.directory))
			.withMessageContaining("The result from a worker of executor 'pdf' cannot be read: ")
			.withMessageContaining(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "../../foreign", "/etc/passwd", "", ".", "..", "0123456789ABCDEF0123456789ABCDEF",
			"0123456789abcdef0123456789abcdef/x", "0123456789abcdef0123456789abcde" })
	void takeWhenTheNameIsNoneOfItsWorkerRefuses(String name) throws IOException {
		Files.writeString(this.base.resolve("foreign"), "foreign");
		assertRefused(reference(name, 7), "none of its worker");
	}

	@Test
	void takeWhenThereIsNoSuchFileRefuses() {
		assertRefused(reference(NAME, 7), "NoSuchFileException");
	}

	@Test
	void takeWhenItIsNoRegularFileRefuses() throws IOException {
		Path foreign = Files.writeString(this.base.resolve("foreign"), "foreign");
		Path link = Files.createSymbolicLink(this.directory.resolve(NAME), foreign);
		assertRefused(reference(NAME, 7), "is no regular file");
		assertThat(link).doesNotExist();
		Files.createFile(Files.createDirectory(link).resolve("x"));
		assertRefused(reference(NAME, 7), "is no regular file");
		assertThat(this.directory).isEmptyDirectory();
		assertThat(foreign).exists();
	}

	@Test
	void takeWhenTheLengthIsAnotherOrTooLargeRefusesAndRemoves() throws IOException {
		Files.writeString(this.directory.resolve(NAME), "content");
		assertRefused(reference(NAME, 8), "it has 7 bytes instead of 8");
		Files.writeString(this.directory.resolve(NAME), "x".repeat(101));
		assertRefused(reference(NAME, 101), "the files of the executor hold 0 bytes");
		assertThat(files()).isEmpty();
	}

	@Test
	void takeWhenAskedTwiceForOneFileRefuses() throws IOException {
		Files.writeString(this.directory.resolve(NAME), "content");
		ReturnedFile taken = this.spool.take(reference(NAME, 7), this.directory);
		assertThat(taken.file().getParent()).isEqualTo(this.directory.getParent());
		assertThat(taken.file().getFileName()).isNotEqualTo(Path.of(NAME));
		assertRefused(reference(NAME, 7), "NoSuchFileException");
		try (InputStream content = (InputStream) this.spool.restore(reference(NAME, 7), taken, null)) {
			assertThat(content).hasContent("content");
		}
		assertThat(files()).isEmpty();
		assertThatIOException().isThrownBy(taken::open).withMessageContaining("only once");
	}

	@Test
	void restoreWhenTheTypeIsUnknownOrThePathIsNoneRefuses() {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(
				() -> this.spool.restore(new PayloadReference("java.net.Socket", false, "x", -1, Map.of()), null, null))
			.withMessageContaining("java.net.Socket does not travel by reference");
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.spool
				.restore(new PayloadReference(Path.class.getName(), false, "a\0b", -1, Map.of()), null, null))
			.withMessageContaining("is no path here");
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.spool.restore(reference(NAME, 7), null, null))
			.withMessageContaining("was not taken over");
	}

	@Test
	void restoreWhenTheContentIsNamedAndNotSentRefuses() throws IOException {
		String file = file().toString();
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.spool.restore(new PayloadReference(STREAM, false, file, -1, Map.of()), null, null))
			.withMessageContaining("its content was named, not sent");
		assertThat(
				this.spool.restore(new PayloadReference(Path.class.getName(), false, file, -1, Map.of()), null, null))
			.isEqualTo(Path.of(file));
	}

	@Test
	void restoreWhenTheMethodDeclaresAnotherTypeRefusesAndRemoves() throws IOException {
		Files.writeString(this.directory.resolve(NAME), "content");
		ReturnedFile taken = this.spool.take(reference(NAME, 7), this.directory);
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.spool.restore(reference(NAME, 7), taken, call("bytes", null)))
			.withMessageContaining("arrives as a java.io.InputStream, and its method declares "
					+ "java.io.ByteArrayInputStream; declare java.io.InputStream there");
		assertThat(files()).isEmpty();
		PayloadReference path = new PayloadReference(Path.class.getName(), false, "x", -1, Map.of());
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.spool.restore(path, null, call("later", null)))
			.withMessageContaining("declares java.io.InputStream");
		assertThat(this.spool.restore(path, null, call("generic", null))).isEqualTo(Path.of("x"));
	}

	@Test
	void restoreWhenAPathHasContentRefusesAndRemovesIt() throws IOException {
		Files.writeString(this.directory.resolve(NAME), "content");
		PayloadReference path = new PayloadReference(Path.class.getName(), true, NAME, 7, Map.of());
		ReturnedFile taken = this.spool.take(path, this.directory);
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.spool.restore(path, taken, null))
			.withMessageContaining("a path is named and has no content");
		assertThat(files()).isEmpty();
	}

	@Test
	void restoreWhenTheFileGrowsLaterReadsWhatWasTaken() throws IOException {
		try (OutputStream kept = Files.newOutputStream(this.directory.resolve(NAME))) {
			kept.write("content".getBytes(StandardCharsets.US_ASCII));
			ReturnedFile taken = this.spool.take(reference(NAME, 7), this.directory);
			kept.write(new byte[1000]);
			try (InputStream content = (InputStream) this.spool.restore(reference(NAME, 7), taken, null)) {
				assertThat(content.read()).isEqualTo('c');
				assertThat(content.skip(1)).isEqualTo(1);
				assertThat(content.available()).isEqualTo(5);
				assertThat(content.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("ntent");
				assertThat(content.read()).isEqualTo(-1);
			}
		}
	}

	@Test
	void restoreWhenTheFileIsCutOffLaterSaysSo() throws IOException {
		Path made = Files.writeString(this.directory.resolve(NAME), "content");
		try (FileChannel kept = FileChannel.open(made, StandardOpenOption.WRITE)) {
			ReturnedFile taken = this.spool.take(reference(NAME, 7), this.directory);
			kept.truncate(3);
			try (InputStream content = (InputStream) this.spool.restore(reference(NAME, 7), taken, null)) {
				assertThatIOException().isThrownBy(content::readAllBytes)
					.withMessageContaining("ends after 3 of 7 bytes");
			}
		}
	}

	@Test
	void discardWhenTheContentIsOpenClosesIt() throws IOException {
		Files.writeString(this.directory.resolve(NAME), "content");
		ReturnedFile taken = this.spool.take(reference(NAME, 7), this.directory);
		InputStream content = (InputStream) this.spool.restore(reference(NAME, 7), taken, null);
		taken.discard();
		assertThatIOException().isThrownBy(content::read).withMessageContaining("closed");
		assertThat(files()).isEmpty();
	}

	@Test
	void stageWhenATypeIsDeclaredThatCannotComeBackLeavesItAlone() throws Exception {
		assertThat(this.spool.stage(call("file", new FileInputStream(file().toFile())), true)).isNull();
		assertThat(this.spool.stage(call("text", "text"), true)).isNull();
		assertThat(this.spool.stage(call("text", (Object) null), true)).isNull();
		assertThat(files()).isEmpty();
	}

	@Test
	void stageWhenAStreamIsDeclaredOrAnythingCopiesIt() throws Exception {
		for (String method : List.of("stream", "anything")) {
			StagedCall staged = this.spool.stage(call(method, new ByteArrayInputStream(new byte[60])), true);
			assertThat(staged).isNotNull();
			assertThat(staged.invocation().arguments()[0]).isInstanceOf(PayloadReference.class);
			assertThat(this.spool.space().held()).isEqualTo(60);
			assertThat(files()).hasSize(1);
			staged.release();
			staged.release();
			assertThat(this.spool.space().held()).isZero();
			assertThat(files()).isEmpty();
		}
	}

	@Test
	void stageWhenNothingMayBeCopiedTakesPathsAndRefusesStreams() throws Exception {
		StagedCall staged = this.spool.stage(call("path", file()), false);
		assertThat(staged).isNotNull();
		assertThat(staged.invocation().arguments()[0]).isInstanceOf(PayloadReference.class);
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.spool.stage(call("stream", new ByteArrayInputStream(new byte[60])), false))
			.withMessageContaining("streams do not travel in batches: submit the calls one by one");
		assertThat(files()).isEmpty();
	}

	@Test
	void stageWhenAPathIsOfAnotherFileSystemRefuses() throws Exception {
		URI archive = URI.create("jar:" + this.base.resolve("a.zip").toUri());
		try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
			assertThatExceptionOfType(PayloadException.class)
				.isThrownBy(() -> this.spool.stage(call("path", zip.getPath("/x")), true))
				.withMessageContaining("argument 1 (value)")
				.withMessageContaining("other processes do not have; send its content as an InputStream");
		}
	}

	private Path file() throws IOException {
		return Files.writeString(this.base.resolve("file"), "x", StandardCharsets.US_ASCII);
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> all = Files.walk(this.directory.getParent())) {
			return all.filter(Files::isRegularFile).filter((file) -> !file.endsWith(PrivateDirectory.LOCK)).toList();
		}
	}

	private static Invocation call(String name, @Nullable Object argument) {
		return Stream.of(Methods.class.getDeclaredMethods())
			.filter((method) -> method.getName().equals(name))
			.map((method) -> Invocation.onType(Methods.class, method, argument))
			.findFirst()
			.orElseThrow();
	}

	interface Methods {

		void stream(InputStream value);

		void anything(Object value);

		void file(FileInputStream value);

		void path(Path value);

		void text(String value);

		ByteArrayInputStream bytes(@Nullable Object value);

		CompletableFuture<Optional<? extends InputStream>> later(@Nullable Object value);

		Object generic(@Nullable Object value);

	}

}
