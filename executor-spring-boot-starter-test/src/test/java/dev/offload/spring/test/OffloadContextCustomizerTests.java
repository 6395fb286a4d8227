package dev.offload.spring.test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.test.context.MergedContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OffloadContextCustomizer} and its factory.
 */
class OffloadContextCustomizerTests {

	private final OffloadContextCustomizerFactory factory = new OffloadContextCustomizerFactory();

	@Test
	void customizersOfOneModeAreEqualSoThatContextsAreShared() {
		assertThat(this.factory.createContextCustomizer(OffloadTestTests.class, List.of()))
			.isEqualTo(this.factory.createContextCustomizer(SliceTests.class, List.of()))
			.isNotEqualTo(this.factory.createContextCustomizer(ProcessModeIntegrationTests.class, List.of()));
	}

	@Test
	void testWithoutTheAnnotationHasNone() {
		assertThat(this.factory.createContextCustomizer(OffloadContextCustomizerTests.class, List.of())).isNull();
	}

	@Test
	void processModeMakesExecutorsSmallUnderTheNamesAsWritten() {
		Map<String, Map<String, String>> executors = executors("executors.pdf-render.max-workers=3",
				"executors.pdf_copy.max-workers=3", "executors.pdfScan.type=process",
				"executors[pdf.sign].max-workers=3", "executors.mail-sender.type=thread",
				"executors.mail-sender.queue-timeout=3s");
		assertThat(executors).containsOnlyKeys("pdf-render", "pdf_copy", "pdfScan", "pdf.sign", "mail-sender");
		assertThat(executors.get("mail-sender"))
			.containsExactlyInAnyOrderEntriesOf(Map.of("type", "thread", "queue-timeout", "3s"));
		executors.remove("mail-sender");
		assertThat(executors.values())
			.allSatisfy((settings) -> assertThat(settings).containsEntry("max-workers", "1").containsKey("start"));
	}

	@Test
	void processModeTakesTheTypeOfTheDefaults() {
		assertThat(executors("defaults.type=thread", "executors.pdf-render.max-workers=3",
				"executors.image-scaler.type=process"))
			.hasEntrySatisfying("pdf-render", (settings) -> assertThat(settings).containsEntry("max-workers", "3"))
			.hasEntrySatisfying("image-scaler", (settings) -> assertThat(settings).containsEntry("max-workers", "1"));
	}

	@Test
	void processModeWithoutExecutorsMakesTheDefaultOneSmall() {
		assertThat(executors()).containsOnlyKeys("default")
			.hasEntrySatisfying("default", (settings) -> assertThat(settings).containsEntry("max-workers", "1"));
	}

	private static Map<String, Map<String, String>> executors(String... properties) {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			TestPropertyValues.of(Arrays.stream(properties).map((property) -> "offload." + property))
				.applyTo(context.getEnvironment(), TestPropertyValues.Type.MAP, "application");
			new OffloadContextCustomizer(OffloadMode.PROCESS).customizeContext(context,
					new MergedContextConfiguration(OffloadContextCustomizerTests.class, null, null, null, null));
			ResolvableType settings = ResolvableType.forClassWithGenerics(Map.class, String.class, String.class);
			ResolvableType executors = ResolvableType.forClassWithGenerics(Map.class,
					ResolvableType.forClass(String.class), settings);
			Bindable<Map<String, Map<String, String>>> type = Bindable.of(executors);
			return Binder.get(context.getEnvironment()).bind("offload.executors", type).get();
		}
	}

}
