package dev.offload.spring.actuate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerCrashException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests that what Prometheus scrapes is what is documented, and has all that the
 * dashboard and the alerts ask for.
 */
@ExtendWith(OperatedServiceExtension.class)
class DashboardIntegrationTests {

	private static final Path DASHBOARDS = Path.of("..", "docs", "dashboards");

	/** Labels that Prometheus itself gives. */
	private static final Set<String> OF_THE_TARGET = Set.of("job", "instance");

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{ *(?:\\$labels\\.)?([a-z]+) *}}");

	private static Scrape scrape = new Scrape("");

	@BeforeAll
	static void scrapeAfterSomeTraffic(OperatedService service) throws Exception {
		OffloadExecutor pdf = service.executor("pdf");
		assertThat(pdf.call(() -> 1)).isEqualTo(1);
		assertThatExceptionOfType(WorkerCrashException.class)
			.isThrownBy(() -> pdf.call(DashboardIntegrationTests::halt));
		service.executor("here").call(() -> 1);
		OffloadExecutor narrow = service
			.make(ExecutorSpec.builder("narrow").type(ExecutorSpec.THREAD).maxWorkers(1).maxPending(1));
		CountDownLatch go = new CountDownLatch(1);
		TaskHandle<Boolean> task = narrow.submit(() -> go.await(20, TimeUnit.SECONDS));
		assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> narrow.call(() -> 1));
		go.countDown();
		assertThat(task.future()).succeedsWithin(Duration.ofSeconds(20));
		await().until(() -> narrow.snapshot().pending() == 0);
		assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(() -> narrow
			.call(DashboardIntegrationTests::sleep, TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(10))));
		if (Runtime.version().feature() >= 21) {
			service.executor("light").call(() -> 1);
		}
		scrape = new Scrape(service.get("prometheus").body());
	}

	@Test
	void scrapeHasTheDocumentedMetricsAndNoOther() {
		assertThat(scrape.metrics().stream().filter((metric) -> metric.startsWith("offload_executor_")))
			.containsExactlyInAnyOrder("offload_executor_pending_tasks", "offload_executor_pending_max_tasks",
					"offload_executor_active_tasks", "offload_executor_queued_tasks", "offload_executor_retrying_tasks",
					"offload_executor_retries_tasks_total", "offload_executor_workers", "offload_executor_workers_max",
					"offload_executor_workers_cached", "offload_executor_submitted_tasks_total",
					"offload_executor_completed_tasks_total", "offload_executor_rejected_tasks_total",
					"offload_executor_workers_started_total", "offload_executor_workers_ended_total",
					"offload_executor_wait_seconds_bucket", "offload_executor_wait_seconds_count",
					"offload_executor_wait_seconds_sum", "offload_executor_wait_seconds_max",
					"offload_executor_run_seconds_bucket", "offload_executor_run_seconds_count",
					"offload_executor_run_seconds_sum", "offload_executor_run_seconds_max");
	}

	@Test
	void scrapeHasExecutorsOfAllTypesAndNeitherProcessesNorTasks() {
		Set<String> labels = new TreeSet<>();
		scrape.metrics()
			.stream()
			.filter((metric) -> metric.startsWith("offload_executor_"))
			.forEach((metric) -> labels.addAll(scrape.labels(metric)));
		assertThat(labels).containsExactlyInAnyOrder("name", "state", "outcome", "reason", "le");
		assertThat(scrape.values("offload_executor_pending_tasks", "name")).contains("pdf", "pool", "here", "narrow");
		assertThat(scrape.values("offload_executor_run_seconds_count", "outcome")).contains("succeeded", "crashed",
				"timed-out");
		assertThat(scrape.values("offload_executor_workers_ended_total", "name")).containsExactly("pdf");
		assertThat(scrape.values("offload_executor_workers_started_total", "reason"))
			.containsExactlyInAnyOrder("demand", "eager", "recycle");
	}

	@Test
	void dashboardAsksForWhatThereIs() throws IOException {
		JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DASHBOARDS.resolve("offload.json")));
		List<String> expressions = new ArrayList<>();
		for (JsonNode target : dashboard.findValue("panels")
			.findValues("targets")
			.stream()
			.flatMap(JsonNode::valueStream)
			.toList()) {
			String expression = target.get("expr").asString();
			expressions.add(expression);
			requireThere(expression, target.get("legendFormat").asString());
		}
		for (JsonNode variable : dashboard.get("templating").get("list")) {
			if (variable.get("type").asString().equals("query")) {
				expressions.add(variable.get("definition").asString());
				requireThere(variable.get("definition").asString(), "");
			}
		}
		assertThat(expressions).hasSizeGreaterThan(15);
	}

	@Test
	void alertsAskForWhatThereIs() throws IOException {
		List<String> alerts = new ArrayList<>();
		for (Map<String, Object> rule : rules()) {
			assertThat(rule).containsKeys("alert", "expr", "labels", "annotations");
			requireThere((String) rule.get("expr"), String.valueOf(rule.get("annotations")));
			if (((String) rule.get("expr")).contains("== 0")) {
				// a service that has just started has done nothing either
				assertThat(rule).containsEntry("for", "15m");
			}
			alerts.add((String) rule.get("alert"));
		}
		assertThat(alerts).hasSizeGreaterThan(5).doesNotHaveDuplicates();
		String operations = Files.readString(Path.of("..", "docs", "operations.md"));
		assertThat(alerts).allSatisfy((alert) -> assertThat(operations).contains("| `" + alert + "` |"));
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> rules() {
		YamlMapFactoryBean yaml = new YamlMapFactoryBean();
		yaml.setResources(new FileSystemResource(DASHBOARDS.resolve("alerts.yml")));
		Map<String, Object> file = Objects.requireNonNull(yaml.getObject());
		return ((List<Map<String, Object>>) file.get("groups")).stream()
			.flatMap((group) -> ((List<Map<String, Object>>) group.get("rules")).stream())
			.toList();
	}

	// All metrics, their labels and the values that are asked for.
	private static void requireThere(String expression, String legend) {
		PromQl query = new PromQl(expression);
		assertThat(query.selectors()).as(expression).isNotEmpty();
		Set<String> labels = new TreeSet<>(OF_THE_TARGET);
		for (PromQl.Selector selector : query.selectors()) {
			assertThat(scrape.metrics()).as(expression).contains(selector.metric());
			labels.addAll(scrape.labels(selector.metric()));
			selector.matches().forEach((match) -> requireThere(selector.metric(), match));
		}
		assertThat(labels).as(expression).containsAll(query.groupings());
		assertThat(query.groupings().isEmpty() ? labels : query.groupings()).as(legend)
			.containsAll(PLACEHOLDER.matcher(legend).results().map((found) -> found.group(1)).toList());
	}

	private static void requireThere(String metric, PromQl.Match match) {
		if (OF_THE_TARGET.contains(match.label())) {
			return;
		}
		assertThat(scrape.labels(metric)).contains(match.label());
		if (!match.value().startsWith("$")) {
			assertThat(scrape.values(metric, match.label())).contains(match.value().split("\\|"));
		}
	}

	private static int halt() {
		Runtime.getRuntime().halt(7);
		return 0;
	}

	private static int sleep() throws InterruptedException {
		TimeUnit.SECONDS.sleep(60);
		return 0;
	}

}
