package dev.offload.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page, in a real browser: they do what a person does.
 */
class PageIntegrationTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	@TempDir
	private static Path directory;

	private static SampleProcess sample;

	private static Browser browser;

	@BeforeAll
	static void start() throws IOException {
		browser = Browser.startOrSkip(directory.resolve("profile"));
		sample = SampleProcess.start(directory);
		sample.awaitWorkers();
	}

	@AfterAll
	static void stop() {
		if (sample != null) {
			sample.close();
		}
		if (browser != null) {
			browser.close();
		}
	}

	@BeforeEach
	void open() {
		browser.look("light", 1280, 1000);
		driver().get(sample.uri("/").toString());
		await((page) -> page.findElements(By.cssSelector("#pools tbody")).size() == 4);
		await((page) -> page.findElements(By.cssSelector("#invoice option")).size() >= 50);
	}

	@Test
	void chosenInvoiceIsShownAndCanBeOpened() {
		chooseInvoice("INV-2026-0003");
		WebElement facts = visible("#invoice-result .facts");
		assertThat(Long.parseLong(facts.getDomAttribute("data-pid"))).isIn(sample.workers("pdf"));
		assertThat(visible("#invoice-result img").getDomAttribute("alt")).isEqualTo("Page 1 of INV-2026-0003");
		assertThat(visible("#invoice-open").getDomAttribute("href")).startsWith("blob:");
		visible("#invoice-result [aria-label='Next page']").click();
		await((page) -> visible("#invoice-result figcaption").getText().contains("Page 2 of"));
		assertDrawn("#invoice-result img");
	}

	@Test
	void givenDocumentIsReadAndDrawn() throws IOException {
		Path file = Files.write(directory.resolve("mine.pdf"), TestDocuments.pages(2));
		driver().findElement(By.id("file")).sendKeys(file.toString());
		await((page) -> visible("#document-text").getText().contains("Page 2"));
		assertThat(visible("#document-result .facts").getText()).contains("mine.pdf", "Pages 2");
		assertDrawn("#document-result img");
	}

	@Test
	void givenFileThatIsNoDocumentIsExplained() throws IOException {
		Path file = Files.writeString(directory.resolve("fake.pdf"), "not a document");
		driver().findElement(By.id("file")).sendKeys(file.toString());
		assertThat(visible("#document-result [role=alert]").getText()).contains("422", "This is not a PDF document");
	}

	@Test
	void archiveIsMadeAlsoWhenAWorkerCrashes() {
		new Select(visible("#month")).selectByValue("2026-02");
		visible("#archive-crash").click();
		visible("#archive-start").click();
		assertThat(visible("#archive-open").getText()).contains("invoices-2026-02.zip");
		assertThat(visible("#archive-result .facts").getText()).contains("Tried again 1", "Status ready");
		visible("#archive-crash").click();
	}

	@Test
	void archiveCanBeCancelled() throws Exception {
		order("pause");
		try {
			visible("#archive-start").click();
			visible("#archive-cancel").click();
			await((page) -> page.findElement(By.cssSelector("#archive-result .facts")).getText().contains("cancelled"));
		}
		finally {
			order("resume");
		}
		assertThat(visible("#archive-start").isEnabled()).isTrue();
	}

	private static void order(String action) throws Exception {
		assertThat(sample
			.post("/actuator/executors/pdf", "application/json",
					"{\"action\":\"%s\"}".formatted(action).getBytes(StandardCharsets.UTF_8))
			.statusCode()).isEqualTo(200);
	}

	@Test
	void chaosChangesTheWorkerInTheTable() {
		String before = chaosPid();
		visible("#chaos [data-kind=exit]").click();
		WebElement answer = visible("#answers li[data-kind=exit]");
		assertThat(answer.getDomAttribute("data-status")).isEqualTo("500");
		assertThat(answer.getText()).contains(before);
		await((page) -> !List.of(before, "…", "").contains(chaosPid()));
		await((page) -> sample.workers("chaos").contains(Long.parseLong(chaosPid())));
		await((page) -> page.findElement(By.id("news")).getDomProperty("textContent").contains(chaosPid()));
	}

	@Test
	void chaosThatIsSurvivedSaysSo() {
		visible("#chaos [data-kind=flood-stdout]").click();
		assertThat(visible("#answers li[data-kind=flood-stdout]").getText()).contains("200", "survived");
	}

	@ParameterizedTest
	@CsvSource({ "light, 1280, 1000", "dark, 1280, 1000", "light, 390, 844", "dark, 390, 844" })
	void pageFitsAndHasItsColours(String scheme, int width, int height) throws IOException {
		browser.look(scheme, width, height);
		chooseInvoice("INV-2026-0002");
		assertDrawn("#invoice-result img");
		browser.screenshot(Path.of("target", "screenshots", "page-%s-%d.png".formatted(scheme, width)));
		assertThat((Long) driver().executeScript("return document.documentElement.scrollWidth - innerWidth"))
			.isLessThanOrEqualTo(0);
		String background = visible("body").getCssValue("background-color");
		assertThat(background).startsWith("light".equals(scheme) ? "rgba(246, " : "rgba(20, ");
	}

	@Test
	void everyControlHasANameAndCanBeReachedWithTheKeyboard() {
		List<WebElement> controls = driver().findElements(By.cssSelector("button, select, input, a[href]"));
		assertThat(controls).hasSizeGreaterThan(10).allSatisfy((control) -> {
			assertThat(control.getAccessibleName()).isNotBlank();
			assertThat(control.getDomProperty("tabIndex")).isEqualTo("0");
		});
	}

	@Test
	void pageReportsNoErrors() {
		chooseInvoice("INV-2026-0001");
		assertDrawn("#invoice-result img");
		assertThat(driver().manage().logs().get(LogType.BROWSER).getAll()).extracting(LogEntry::getMessage)
			// A chaos of another test, and the fake document: both are answered as they
			// should be.
			.filteredOn((message) -> !message.contains("/chaos/") && !message.contains("/documents/"))
			.isEmpty();
	}

	private static void chooseInvoice(String number) {
		new Select(visible("#invoice")).selectByValue(number);
		visible("#invoice-get").click();
	}

	private static String chaosPid() {
		return visible("#pools [data-pool=chaos] .pid").getText();
	}

	private static void assertDrawn(String selector) {
		WebElement image = visible(selector);
		await((page) -> (Boolean) driver()
			.executeScript("return arguments[0].complete && arguments[0].naturalWidth > 100", image));
	}

	private static WebElement visible(String selector) {
		return await((page) -> {
			WebElement element = page.findElement(By.cssSelector(selector));
			return element.isDisplayed() ? element : null;
		});
	}

	private static <T> T await(Function<WebDriver, T> condition) {
		// The table of pools is made anew each second.
		return new WebDriverWait(driver(), LIMIT).ignoring(StaleElementReferenceException.class).until(condition);
	}

	private static ChromeDriver driver() {
		return browser.driver();
	}

}
