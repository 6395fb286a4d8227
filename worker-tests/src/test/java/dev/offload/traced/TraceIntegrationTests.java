package dev.offload.traced;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.offload.WorkerCrashException;
import dev.offload.traced.SpanFiles.Span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for traces through real workers. All is done once, the application is closed, and
 * what service and workers have exported is looked at: each span as it ended.
 */
class TraceIntegrationTests {

	private static final long SERVICE = ProcessHandle.current().pid();

	private static List<Span> spans = List.of();

	private static String rendered = "";

	private static String afterwards = "";

	@TempDir
	private static Path directory;

	@BeforeAll
	static void runAll() throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(TracedApplication.class)
			.web(WebApplicationType.NONE)
			.properties("offload.executors.pdf.max-workers=1", "offload.executors.threads.type=thread",
					"offload.propagation.mdc=tenant", "management.tracing.sampling.probability=1",
					"spring.jmx.enabled=false", "traced.directory=" + directory)
			.run()) {
			ObservationRegistry registry = context.getBean(ObservationRegistry.class);
			TracedService service = context.getBean(TracedService.class);
			trace(registry, "crashing", () -> {
				assertThatExceptionOfType(WorkerCrashException.class).isThrownBy(service::crash);
				return null;
			});
			MDC.put("tenant", "acme");
			rendered = trace(registry, "rendering", service::render);
			MDC.clear();
			afterwards = service.current();
			trace(registry, "waiting", () -> service.later().get(60, TimeUnit.SECONDS));
			trace(registry, "failing", () -> {
				assertThatIllegalStateException().isThrownBy(service::fail);
				return null;
			});
			trace(registry, "staying", service::inThread);
		}
		spans = SpanFiles.read(directory);
	}

	@AfterAll
	static void clear() {
		MDC.clear();
	}

	private static <T> T trace(ObservationRegistry registry, String name, Callable<T> call) throws Exception {
		Observation observation = Observation.createNotStarted(name, registry);
		return observation.observeChecked(() -> {
			T result = call.call();
			assertThat(registry.getCurrentObservation()).as("leaked").isSameAs(observation);
			return result;
		});
	}

	@Test
	void oneTraceShowsCallerQueueWorkerAndTheCodeThere() {
		Span caller = span(null, "rendering");
		Span task = span(caller, "offload pdf");
		Span queue = span(task, "queue pdf");
		Span run = span(task, "run pdf");
		Span font = span(run, "font");
		assertThat(List.of(caller.pid(), task.pid(), queue.pid())).containsOnly(SERVICE);
		assertThat(run.pid()).isNotEqualTo(SERVICE).isEqualTo(font.pid());
		assertThat(task.ended()).containsExactly("PRODUCER", "UNSET", "succeeded");
		assertThat(run.ended()).containsExactly("CONSUMER", "UNSET", "succeeded");
		assertThat(queue.time().start()).isGreaterThanOrEqualTo(task.time().start());
		assertThat(queue.time().end()).isLessThanOrEqualTo(task.time().end());
		// the log of the worker has its own span beside what the caller's log has
		assertThat(rendered).isEqualTo(caller.trace() + " " + font.id() + " for acme");
	}

	@Test
	void nothingIsLeftOnTheThreadOfTheWorker() {
		assertThat(afterwards).doesNotContain(span(null, "rendering").trace()).endsWith(" null");
	}

	@Test
	void futureIsTracedUntilItsTaskEnds() {
		Span task = span(span(null, "waiting"), "offload pdf");
		assertThat(span(span(task, "run pdf"), "later").time().end()).isLessThanOrEqualTo(task.time().end());
	}

	@Test
	void failureIsInTheSpansOfBothSides() {
		Span task = span(span(null, "failing"), "offload pdf");
		assertThat(task.ended()).containsExactly("PRODUCER", "ERROR", "failed");
		assertThat(span(task, "run pdf").ended()).containsExactly("CONSUMER", "ERROR", "failed");
	}

	@Test
	void crashEndsTheSpanOfTheTask() {
		Span task = span(span(null, "crashing"), "offload pdf");
		assertThat(task.ended()).containsExactly("PRODUCER", "ERROR", "crashed");
		assertThat(span(task, "queue pdf").ended()).doesNotContain("ERROR");
	}

	@Test
	void taskInAThreadOfTheServiceIsInTheTraceToo() {
		Span run = span(span(span(null, "staying"), "offload threads"), "run threads");
		assertThat(span(run, "thread").pid()).isEqualTo(SERVICE);
	}

	private static Span span(@Nullable Span parent, String name) {
		List<Span> found = spans.stream().filter((span) -> span.name().equals(name) && isChild(span, parent)).toList();
		assertThat(found).as(() -> name + " of " + parent + " among " + spans).hasSize(1);
		return found.get(0);
	}

	private static boolean isChild(Span span, @Nullable Span parent) {
		return parent == null || (span.trace().equals(parent.trace()) && span.parent().equals(parent.id()));
	}

}
