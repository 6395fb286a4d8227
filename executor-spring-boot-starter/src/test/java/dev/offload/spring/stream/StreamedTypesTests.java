package dev.offload.spring.stream;

import java.io.FileNotFoundException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.web.multipart.MultipartFile;

import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.PayloadException;
import dev.offload.TaskOptions;
import dev.offload.local.InlineExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for resources and uploads that travel by reference, on an inline executor, which
 * copies as to a process.
 */
class StreamedTypesTests {

	@TempDir
	private Path directory;

	private final OffloadExecutor executor = new InlineExecutorFactory()
		.create(ExecutorSpec.builder("copying").type(ExecutorSpec.INLINE).build());

	@AfterEach
	void close() {
		this.executor.close();
	}

	private Object call(String name, Object argument) throws Throwable {
		Method method = Stream.of(Methods.class.getMethods())
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow();
		return this.executor.call(Invocation.ofStatic(method, argument), TaskOptions.DEFAULTS);
	}

	@Test
	void resourceWhenItIsAFileIsNamedAndNotCopied() throws Throwable {
		Path file = Files.writeString(this.directory.resolve("a.txt"), "text");
		assertThat(call("describe", new FileSystemResource(file))).isEqualTo("a.txt 4 text " + file);
		assertThat(((Resource) call("echo", new FileSystemResource(file))).getFile()).isEqualTo(file.toFile());
	}

	@Test
	void resourceWhenItIsInAnArchiveIsCopied() throws Throwable {
		URI archive = URI.create("jar:" + this.directory.resolve("a.zip").toUri());
		try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
			Path file = Files.writeString(zip.getPath("/a.txt"), "text");
			assertThat((String) call("describe", new FileSystemResource(file))).startsWith("a.txt 4 text ");
		}
	}

	@Test
	void uploadThatFailsInItsOwnWayNamesTheArgument() {
		MultipartFile broken = new MockMultipartFile("file", new byte[0]) {
			@Override
			public String getOriginalFilename() {
				throw new IllegalStateException("broken");
			}
		};
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> call("receive", broken))
			.withMessageContaining("argument 1")
			.withMessageContaining("IllegalStateException: broken");
	}

	@Test
	void resourceWhenItIsInMemoryIsAFileForItsTaskAndReadOnceAsAResult() throws Throwable {
		Resource named = new ByteArrayResource("text".getBytes(StandardCharsets.UTF_8)) {
			@Override
			public String getFilename() {
				return "b.txt";
			}
		};
		assertThat((String) call("describe", named)).startsWith("b.txt 4 text ");
		Resource result = (Resource) call("echo", named);
		assertThat(result.isOpen()).isTrue();
		assertThat(result.exists()).isTrue();
		assertThat(result.contentLength()).isEqualTo(4);
		assertThat(result.getFilename()).isEqualTo("b.txt");
		assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(result::getFile);
		try (InputStream content = result.getInputStream()) {
			assertThat(content).hasContent("text");
		}
	}

	@Test
	void uploadArrivesWithItsNamesAndItsType() throws Throwable {
		MultipartFile upload = new MockMultipartFile("file", "c.pdf", "application/pdf",
				"text".getBytes(StandardCharsets.UTF_8));
		Path destination = this.directory.resolve("copy");
		Methods.destination = destination;
		assertThat(call("receive", upload)).isEqualTo("file c.pdf application/pdf 4 false text text");
		assertThat(destination).hasContent("text");
		assertThat(call("receive", new MockMultipartFile("empty", new byte[0]))).isEqualTo("empty  null 0 true  ");
	}

	/**
	 * What is called.
	 */
	public static final class Methods {

		private static Path destination = Path.of("none");

		private Methods() {
		}

		public static String describe(Resource value) throws Exception {
			return value.getFilename() + " " + value.contentLength() + " " + Files.readString(value.getFile().toPath())
					+ " " + value.getFile();
		}

		public static Resource echo(Resource value) {
			return value;
		}

		public static String receive(MultipartFile value) throws Exception {
			value.transferTo(destination);
			return value.getName() + " " + value.getOriginalFilename() + " " + value.getContentType() + " "
					+ value.getSize() + " " + value.isEmpty() + " "
					+ new String(value.getBytes(), StandardCharsets.UTF_8) + " "
					+ Files.readString(value.getResource().getFile().toPath());
		}

	}

}
