package dev.offload.codec;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.ExecutorSpec;
import dev.offload.InvalidSettingException;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for codecs that are chosen by their names.
 */
class PayloadCodecsTests {

	private final ClassLoader before = Thread.currentThread().getContextClassLoader();

	private final PayloadCodec standard = new Own();

	@TempDir
	private Path directory;

	@AfterEach
	void resetLoader() {
		Thread.currentThread().setContextClassLoader(this.before);
	}

	@Test
	void codecWhenNoneIsNamedIsTheStandardOne() {
		assertThat(PayloadCodecs.of(spec(null), this.standard)).isSameAs(this.standard);
		assertThat(PayloadCodecs.of(spec("own"), this.standard)).isSameAs(this.standard);
	}

	@Test
	void codecOfTheJdkIsThereBesideAnotherStandard() {
		assertThat(PayloadCodecs.of(spec("jdk"), this.standard)).isInstanceOf(JdkPayloadCodec.class);
	}

	@Test
	void codecOfTheClassPathIsFoundByItsName() throws Exception {
		provide(First.class);
		assertThat(PayloadCodecs.of(spec("found"), this.standard)).isInstanceOf(First.class);
	}

	@Test
	void codecWhenTheContextLoaderHasNoneIsThatOfTheCore() {
		Thread.currentThread().setContextClassLoader(null);
		assertThat(PayloadCodecs.of(spec("marking"), this.standard).name()).isEqualTo("marking");
	}

	@Test
	void codecWhenItIsNotThereNamesThoseThatAreAndTheModule() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> PayloadCodecs.of(spec("kyro"), this.standard))
			.withMessage("Executor 'pdf': codec must be one of jdk, marking, own, but is kyro; for another codec add "
					+ "the module that has it to the class path; the module executor-codec-kryo brings 'kryo'");
	}

	@Test
	void codecWhenTwoHaveItsNameNamesBoth() throws Exception {
		provide(First.class, Second.class);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> PayloadCodecs.of(spec("found"), this.standard))
			.withMessageContainingAll("must name one codec", First.class.getName(), Second.class.getName());
	}

	@Test
	void codecWhenOneOfTheClassPathCannotBeMadeSaysWhich() throws Exception {
		provide(PayloadCodecsTests.class);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> PayloadCodecs.of(spec("found"), this.standard))
			.withMessageContaining(PayloadCodecsTests.class.getName());
	}

	private static ExecutorSpec spec(@Nullable String codec) {
		return ExecutorSpec.builder("pdf").codec(codec).build();
	}

	private void provide(Class<?>... types) throws Exception {
		Path services = Files.createDirectories(this.directory.resolve("META-INF/services"));
		Files.write(services.resolve(PayloadCodec.class.getName()),
				List.of(types).stream().map(Class::getName).toList());
		Thread.currentThread()
			.setContextClassLoader(new URLClassLoader(new URL[] { this.directory.toUri().toURL() }, this.before));
	}

	abstract static class Named implements PayloadCodec {

		@Override
		public void encode(@Nullable Object value, OutputStream out) {
		}

		@Override
		public @Nullable Object decode(InputStream in, PayloadScope scope) {
			return null;
		}

	}

	private static final class Own extends Named {

		@Override
		public String name() {
			return "own";
		}

	}

	/**
	 * Found by the service loader.
	 */
	public static final class First extends Named {

		@Override
		public String name() {
			return "found";
		}

	}

	/**
	 * Found by the service loader, by the same name.
	 */
	public static final class Second extends Named {

		@Override
		public String name() {
			return "found";
		}

	}

}
