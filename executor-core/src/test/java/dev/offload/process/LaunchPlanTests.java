package dev.offload.process;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link LaunchPlan}.
 */
class LaunchPlanTests {

	@Test
	void detectWhenStartedFromAClassPathHasItsEntriesAsAbsolutePaths() throws Exception {
		LaunchPlan plan = LaunchPlan.detect(LaunchPlan.class);
		assertThat(plan.locations()).isNotEmpty().allMatch((path) -> Path.of(path).isAbsolute());
		assertThat(plan.locations())
			.contains(Path.of(LaunchPlan.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
	}

	@Test
	void ofWhenClassPathIsRelativeOrEmptyMakesItAbsolute() throws Exception {
		String classPath = System.setProperty("java.class.path", "lib/a.jar:" + ":../b.jar");
		try {
			assertThat(LaunchPlan.of(ClassLoader.getSystemClassLoader()).locations()).containsExactly(
					Path.of("lib/a.jar").toAbsolutePath().toString(), Path.of("").toAbsolutePath().toString(),
					Path.of("").toAbsolutePath().resolveSibling("b.jar").toString());
		}
		finally {
			System.setProperty("java.class.path", classPath);
		}
	}

	@Test
	void ofWhenLoaderHasUrlsTakesThemBeforeThoseOfItsParents() throws Exception {
		URLClassLoader parent = new URLClassLoader(urls("file:/srv/tomcat/lib/servlet-api.jar"), null);
		URLClassLoader loader = new URLClassLoader(
				urls("file:/srv/app%20one/classes/", "file:/srv/a.jar", "jar:file:/srv/b.jar!/"), parent);
		assertThat(LaunchPlan.of(loader).locations()).startsWith("/srv/app one/classes", "/srv/a.jar", "/srv/b.jar",
				"/srv/tomcat/lib/servlet-api.jar");
	}

	@Test
	void ofWhenLoaderIsOfAnArchiveKeepsItsAddresses() throws Exception {
		String nested = "jar:nested:/srv/app.jar/!BOOT-INF/lib/a.jar!/";
		URLClassLoader loader = new URLClassLoader(urls(nested), null);
		assertThat(LaunchPlan.of(loader).locations()).startsWith(nested);
	}

	@Test
	void ofWhenLoaderDoesNotTellItsClassesSaysSo() {
		ClassLoader loader = new ClassLoader(null) {
		};
		assertThatIOException().isThrownBy(() -> LaunchPlan.of(loader))
			.withMessageContaining(loader.getClass().getName());
	}

	@Test
	void ofWhenClassesComeFromElsewhereSaysFromWhere() throws Exception {
		URLClassLoader loader = new URLClassLoader(urls("http://localhost/a.jar"), null);
		assertThatIOException().isThrownBy(() -> LaunchPlan.of(loader)).withMessageContaining("http://localhost/a.jar");
	}

	@Test
	void ofWhenPathHasTheSeparatorSaysSo() throws Exception {
		URLClassLoader loader = new URLClassLoader(urls("file:/srv/a:b/c.jar"), null);
		assertThatIOException().isThrownBy(() -> LaunchPlan.of(loader)).withMessageContaining("/srv/a:b/c.jar");
	}

	@Test
	void detectWhenInANativeImageSaysSo() {
		System.setProperty("org.graalvm.nativeimage.imagecode", "runtime");
		try {
			assertThatIOException().isThrownBy(() -> LaunchPlan.detect(LaunchPlan.class))
				.withMessageContaining("native image");
		}
		finally {
			System.clearProperty("org.graalvm.nativeimage.imagecode");
		}
	}

	static URL[] urls(String... addresses) throws MalformedURLException {
		URL[] urls = new URL[addresses.length];
		for (int i = 0; i < urls.length; i++) {
			urls[i] = addresses[i].startsWith("jar:nested:") ? new URL(null, addresses[i], new NestedHandler())
					: new URL(addresses[i]);
		}
		return urls;
	}

	/**
	 * Takes an address of Spring Boot's loader, which the JDK does not know, as it is.
	 */
	private static final class NestedHandler extends URLStreamHandler {

		@Override
		protected void parseURL(URL url, String address, int start, int limit) {
			setURL(url, "jar", "", -1, null, null, address.substring("jar:".length()), null, null);
		}

		@Override
		protected URLConnection openConnection(URL url) throws IOException {
			throw new IOException("not here");
		}

	}

}
