package dev.offload.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A real browser for tests: Chromium or Chrome of this machine, else one that Selenium
 * fetches. Where there is neither, the test is skipped aloud, or fails if the environment
 * says {@code OFFLOAD_BROWSER_REQUIRED=true}.
 */
final class Browser implements AutoCloseable {

	private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome",
			"google-chrome-stable", "chrome");

	private static final List<String> OPTIONS = List.of("--headless=new", "--no-sandbox", "--disable-gpu",
			"--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
			"--disable-sync", "--disable-dev-shm-usage");

	// Held here, for the level of a logger that nobody holds is forgotten. It warns of a
	// protocol version that is not used.
	private static final Logger seleniumLogger = Logger.getLogger("org.openqa.selenium");

	private final ChromeDriver driver;

	private Browser(Path profile) {
		seleniumLogger.setLevel(Level.SEVERE);
		ChromeOptions options = new ChromeOptions();
		options.addArguments(OPTIONS);
		options.addArguments("--user-data-dir=" + profile);
		onPath(BROWSERS).ifPresent((path) -> options.setBinary(path.toFile()));
		ChromeDriverService.Builder service = new ChromeDriverService.Builder();
		onPath(List.of("chromedriver")).ifPresent((path) -> service.usingDriverExecutable(path.toFile()));
		this.driver = new ChromeDriver(service.build(), options);
		this.driver.manage().timeouts().pageLoadTimeout(Duration.ofMinutes(1));
	}

	/**
	 * Starts a browser, or skips the test.
	 * @param profile a new directory for the browser's files
	 * @return the browser
	 */
	static Browser startOrSkip(Path profile) {
		try {
			return new Browser(profile);
		}
		catch (WebDriverException ex) {
			String reason = "No Chromium or Chrome with its driver on this machine, and none could be fetched: "
					+ ex.getRawMessage();
			if (Boolean.parseBoolean(System.getenv("OFFLOAD_BROWSER_REQUIRED"))) {
				throw new IllegalStateException(reason, ex);
			}
			System.out.println("=== SKIPPED: the page was not tested in a browser. " + reason);
			Assumptions.abort(reason);
			throw ex;
		}
	}

	ChromeDriver driver() {
		return this.driver;
	}

	/**
	 * Makes the browser look light or dark, at a size.
	 * @param scheme light or dark
	 * @param width the width in pixels
	 * @param height the height in pixels
	 */
	void look(String scheme, int width, int height) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	void screenshot(Path file) throws IOException {
		Files.createDirectories(file.getParent());
		Files.write(file, this.driver.getScreenshotAs(OutputType.BYTES));
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	private static Optional<Path> onPath(List<String> names) {
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
		return names.stream()
			.flatMap((name) -> Arrays.stream(path.split(File.pathSeparator, -1))
				.flatMap((directory) -> Stream.of(Path.of(directory, name), Path.of(directory, name + ".exe"))))
			.filter(Files::isExecutable)
			.findFirst();
	}

}
