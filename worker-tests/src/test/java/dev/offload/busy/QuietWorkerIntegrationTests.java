package dev.offload.busy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import dev.offload.spi.WorkerSetupProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker of an application that does much by itself does none of it. Each test has its
 * control: the same worker with one exclusion switched off, where that very thing
 * happens; and the service, where all of it does.
 */
class QuietWorkerIntegrationTests {

	private static final String QUIET = "";

	private static final String EAGER_BEANS = "eager-beans";

	private static final String LOAD_TIME_WEAVING = "load-time-weaving";

	private static final String LIFECYCLE = "lifecycle";

	// A server is started by the lifecycle, too.
	private static final String WEB_SERVER = "web-server,lifecycle";

	private static final String RUNNERS = "runners";

	private static final String SCHEDULING = "scheduling";

	private static final String MESSAGE_LISTENERS = "message-listeners";

	private static final String MIGRATIONS = "migrations";

	private static final String SCHEMA_SCRIPTS = "schema-scripts";

	private static final String DDL_AUTO = "ddl-auto";

	private static final String EXPORTERS = "exporters";

	// The exporter of managed beans is a bean that nobody asks for, too.
	private static final String JMX = "eager-beans,jmx";

	// Two that have nothing to do with each other share a worker.
	private static final String LOG_FILES = "log-files,connections";

	private static final String CONNECTIONS = LOG_FILES;

	// The last of them is only told in a context that runs, after the runners.
	private static final String LIFECYCLE_EVENTS = "lifecycle-events,lifecycle,runners";

	// Leaves its hook in the JVM of the probe, so it comes last.
	private static final String SHUTDOWN_HOOK = "shutdown-hook";

	private static final List<String> JVM_OPTIONS = List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED",
			"-XX:TieredStopAtLevel=1");

	private static WorkerSetupProvider setups;

	private static Properties service;

	private static Map<String, Properties> workers;

	@BeforeAll
	static void runWorkers(@TempDir Path directory) throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.run(BusyApplication.class,
				"--spring.config.name=busy", "--busy.database=service",
				"--busy.log=" + directory.resolve("service.log"))) {
			// These two happen on threads of their own.
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(Witness.seen()).contains("scheduled", "jms-connect"));
			service = new Properties();
			service.putAll(context.getBean(Observer.class).observe());
			// What it gives stays good when the service has ended.
			setups = context.getBean(WorkerSetupProvider.class);
			workers = new ProbedWorkers(setups, directory).run(JVM_OPTIONS, System.getProperty("java.class.path"),
					List.of(QUIET, EAGER_BEANS, LOAD_TIME_WEAVING, LIFECYCLE, WEB_SERVER, RUNNERS, SCHEDULING,
							MESSAGE_LISTENERS, MIGRATIONS, SCHEMA_SCRIPTS, DDL_AUTO, EXPORTERS, JMX, LOG_FILES,
							LIFECYCLE_EVENTS, SHUTDOWN_HOOK));
		}
	}

	@Test
	void serviceDoesItAll() {
		assertThat(values(service, "seen")).contains("command-line-runner", "application-runner", "eager-bean",
				"lifecycle", "refreshed-listener", "refreshed-method", "ready-listener", "jms-connect", "scheduled");
		assertThat(service).containsEntry("listening-sockets", "2").containsEntry("entity-manager-factory", "true");
		assertThat(service.getProperty("threads")).contains("otlp-metrics-publisher", "own-metrics-publisher");
		assertThat(values(service, "mbeans")).contains("busy", "org.springframework.boot");
	}

	@Test
	void quietWorkerDoesNothingButServe() {
		Properties quiet = workers.get(QUIET);
		assertThat(quiet).containsEntry("created-at-start", "");
		assertThat(values(quiet, "end.seen")).containsExactlyInAnyOrder("connector-wanted", "own-event");
		assertThat(quiet).containsEntry("tables", "[]");
	}

	@Test
	void noWorkerFails() {
		assertThat(workers).allSatisfy((kept, result) -> assertThat(result.getProperty("failure")).as(kept).isNull());
	}

	@Test
	void eagerBeansAreNotCreated() {
		assertOnlyWith(EAGER_BEANS, (worker) -> values(worker, "created-at-start").contains("eager-bean"));
	}

	@Test
	void entityManagerFactoryIsNotCreatedAtTheStart() {
		assertOnlyWith(LOAD_TIME_WEAVING, (worker) -> is(worker, "start.entity-manager-factory"));
	}

	@Test
	void lifecycleBeansAreNotStarted() {
		assertOnlyWith(LIFECYCLE, (worker) -> values(worker, "created-at-start").contains("lifecycle"));
	}

	@Test
	void neitherWebServerNorActuatorsOwnServerListens() {
		assertOnlyWith(WEB_SERVER, (worker) -> worker.getProperty("start.listening-sockets").equals("2"));
		assertThat(workers.get(LIFECYCLE)).containsEntry("start.listening-sockets", "0");
		assertThat(workers.get(QUIET)).containsEntry("end.listening-sockets", "0");
	}

	@Test
	void runnersDoNotRun() {
		assertOnlyWith(RUNNERS, (worker) -> values(worker, "created-at-start").contains("command-line-runner"));
		assertOnlyWith(RUNNERS, (worker) -> values(worker, "created-at-start").contains("application-runner"));
	}

	@Test
	void scheduledMethodsAreNotScheduled() {
		assertOnlyWith(SCHEDULING, (worker) -> worker.getProperty("end.scheduled-tasks").equals("1"));
	}

	@Test
	void messageListenersDoNotListen() {
		assertOnlyWith(MESSAGE_LISTENERS,
				(worker) -> worker.getProperty("listening-to").equals("[jms, kafka, rabbit]"));
		assertThat(workers.get(QUIET)).containsEntry("listening-to", "[]");
	}

	@Test
	void databaseIsNotMigrated() {
		assertOnlyWith(MIGRATIONS, (worker) -> worker.getProperty("tables").contains("by_flyway"));
		assertOnlyWith(MIGRATIONS, (worker) -> worker.getProperty("tables").contains("by_liquibase"));
	}

	@Test
	void schemaScriptIsNotRun() {
		assertOnlyWith(SCHEMA_SCRIPTS, (worker) -> worker.getProperty("tables").contains("by_script"));
	}

	@Test
	void hibernateMakesNoTables() {
		assertOnlyWith(DDL_AUTO, (worker) -> worker.getProperty("tables").contains("hibernate_entry"));
	}

	@Test
	void metricsAreNotExported() {
		assertOnlyWith(EXPORTERS, (worker) -> worker.getProperty("end.threads").contains("otlp-metrics-publisher"));
		assertOnlyWith(EXPORTERS, (worker) -> worker.getProperty("end.threads").contains("own-metrics-publisher"));
	}

	@Test
	void managedBeansAndEndpointsAreNotExported() {
		assertOnlyWith(JMX, (worker) -> values(worker, "end.mbeans").contains("busy"));
		assertOnlyWith(JMX, (worker) -> values(worker, "end.mbeans").contains("org.springframework.boot"));
		assertThat(values(workers.get(EAGER_BEANS), "end.mbeans")).doesNotContain("busy", "org.springframework.boot");
	}

	@Test
	void logFileIsNotWritten() {
		assertOnlyWith(LOG_FILES, (worker) -> is(worker, "log-file"));
	}

	@Test
	void poolOfTheDatabaseIsAsSmallAsItsWorker() {
		assertOnlyWith(CONNECTIONS,
				(worker) -> worker.getProperty("end.pool").equals("up to 10 connections, at least 10"));
		assertThat(workers.get(QUIET)).containsEntry("end.pool", "up to 3 connections, at least 0");
	}

	@Test
	void startIsNotSaidToBeOver() {
		assertOnlyWith(LIFECYCLE_EVENTS, (worker) -> values(worker, "created-at-start").contains("ready-listener"));
		assertThat(values(workers.get(RUNNERS), "created-at-start")).doesNotContain("ready-listener");
	}

	@Test
	void listenersOfTheApplicationAreNotToldOfItsStart() {
		assertOnlyWith(LIFECYCLE_EVENTS, (worker) -> values(worker, "created-at-start").contains("refreshed-listener"));
		assertOnlyWith(LIFECYCLE_EVENTS, (worker) -> values(worker, "created-at-start").contains("refreshed-method"));
	}

	@Test
	void contextHasNoShutdownHook() {
		assertOnlyWith(SHUTDOWN_HOOK, (worker) -> is(worker, "end.spring-shutdown-hook"));
	}

	// A JVM of its own: its main thread is ended, and its main method runs again.
	@Test
	void developerToolsDoNotRestartTheWorker(@TempDir Path directory) throws Exception {
		Properties restarted = new ProbedWorkers(setups, directory)
			.run(JVM_OPTIONS, System.getProperty("java.class.path"), List.of("devtools"))
			.get("devtools");
		assertThat(restarted.getProperty("failure")).contains("devtools.restart.SilentExitException");
		assertThat(workers.get(QUIET)).doesNotContainKey("failure");
	}

	@Test
	void whatATargetNeedsIsStartedAndInitializedWithIt() {
		assertThat(workers.get(QUIET)).containsEntry("start.connector", "not there")
			.containsEntry("end.connector", "true");
	}

	private static void assertOnlyWith(String kept, Predicate<Properties> happens) {
		assertThat(happens.test(workers.get(QUIET))).as("in the quiet worker").isFalse();
		assertThat(happens.test(workers.get(kept))).as("in the worker without " + kept).isTrue();
	}

	private static List<String> values(Properties result, String name) {
		return List.of(result.getProperty(name).split(","));
	}

	private static boolean is(Properties result, String name) {
		return Boolean.parseBoolean(result.getProperty(name));
	}

}
