package dev.offload.pool;

import java.io.File;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offload.ExecutorListener;
import dev.offload.local.InlineExecutorFactory;
import dev.offload.local.LocalExecutorFactories;
import dev.offload.local.ThreadExecutorFactory;
import dev.offload.local.VirtualExecutorFactory;
import dev.offload.spi.ContextCarrier;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.MdcContextCarrier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for which context carriers a factory has that is given none: the service file is
 * on a class path of its own.
 */
class FoundCarriersTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(classes = { ThreadExecutorFactory.class, VirtualExecutorFactory.class, InlineExecutorFactory.class })
	void localFactoryWithAListenerKeepsThoseThatAreFound(Class<?> type) throws Exception {
		try (URLClassLoader loader = loader(MdcContextCarrier.class.getName())) {
			Class<?> listener = loader.loadClass(ExecutorListener.class.getName());
			Object factory = loader.loadClass(type.getName())
				.getConstructor(listener)
				.newInstance(listener.getField("NONE").get(null));
			assertThat(carriers(factory)).isEqualTo("Context carriers [mdc]");
		}
	}

	@Test
	void allLocalFactoriesWithAListenerKeepThoseThatAreFound() throws Exception {
		try (URLClassLoader loader = loader(MdcContextCarrier.class.getName())) {
			Class<?> listener = loader.loadClass(ExecutorListener.class.getName());
			List<?> all = (List<?>) loader.loadClass(LocalExecutorFactories.class.getName())
				.getMethod("all", listener)
				.invoke(null, listener.getField("NONE").get(null));
			for (Object factory : all) {
				assertThat(carriers(factory)).isEqualTo("Context carriers [mdc]");
			}
		}
	}

	@Test
	void processFactoryLooksForThemOnlyIfItIsGivenNone() throws Exception {
		try (URLClassLoader loader = loader(MdcContextCarrier.class.getName())) {
			Object builder = builder(loader);
			assertThat(carriers(builder.getClass().getMethod("build").invoke(builder)))
				.isEqualTo("Context carriers [mdc]");
		}
		try (URLClassLoader loader = loader("does.not.Exist")) {
			Object builder = builder(loader);
			Class<?> type = loader.loadClass(ContextCarriers.class.getName());
			builder.getClass().getMethod("carriers", type).invoke(builder, type.getField("NONE").get(null));
			assertThat(carriers(builder.getClass().getMethod("build").invoke(builder)))
				.isEqualTo("Context carriers []");
		}
	}

	private static Object builder(ClassLoader loader) throws Exception {
		return loader.loadClass(ProcessExecutorFactory.class.getName()).getMethod("builder").invoke(null);
	}

	private static String carriers(Object factory) throws Exception {
		Field field = factory.getClass().getDeclaredField("carriers");
		field.setAccessible(true);
		return String.valueOf(field.get(factory));
	}

	private URLClassLoader loader(String carrier) throws Exception {
		Path services = Files.createDirectories(this.directory.resolve("META-INF/services"));
		Files.writeString(services.resolve(ContextCarrier.class.getName()), carrier);
		List<URL> path = new ArrayList<>();
		path.add(this.directory.toUri().toURL());
		List<String> entries = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
			.splitAsStream(System.getProperty("java.class.path"))
			.toList();
		for (String entry : entries) {
			path.add(Path.of(entry).toUri().toURL());
		}
		return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
	}

}
