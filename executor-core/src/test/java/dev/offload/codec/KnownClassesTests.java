package dev.offload.codec;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for classes that are known by loader and name.
 */
class KnownClassesTests {

	private final KnownClasses known = new KnownClasses();

	@Test
	void classIsKnownToItsLoaderOnly() {
		ClassLoader first = loader();
		ClassLoader second = loader();
		this.known.of(first).add(Invoices.class);
		assertThat(this.known.of(first).get(Invoices.class.getName())).isEqualTo(Invoices.class);
		assertThat(this.known.of(second).get(Invoices.class.getName())).isNull();
		assertThat(this.known.of(first).get(Invoices.class.getName())).isEqualTo(Invoices.class);
	}

	@Test
	void loaderIsNotHeld() {
		WeakReference<ClassLoader> loader = new WeakReference<>(knowing());
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			System.gc();
			assertThat(loader.get()).isNull();
		});
	}

	private static ClassLoader loader() {
		return new URLClassLoader(new URL[0], null);
	}

	private ClassLoader knowing() {
		ClassLoader loader = loader();
		this.known.of(loader).add(Invoices.class);
		return loader;
	}

}
