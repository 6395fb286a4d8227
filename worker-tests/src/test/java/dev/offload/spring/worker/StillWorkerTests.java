package dev.offload.spring.worker;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.context.IntegrationContextUtils;
import org.springframework.integration.endpoint.SourcePollingChannelAdapter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.scheduling.support.PeriodicTrigger;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;

import dev.offload.ExecutorSpec;
import dev.offload.InvocationTarget;
import dev.offload.WorkerContext;
import dev.offload.WorkerSpec;
import dev.offload.spi.MethodAddress;
import dev.offload.spi.WorkerEnvironment;
import dev.offload.spi.WorkerSetupProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a target needs, and what would do more than serve it: a Quartz scheduler, a poller
 * of Spring Integration, a repository of sessions that cleans up; and a reactive server.
 * One worker after the other runs in this JVM, each with other exclusions switched off.
 */
class StillWorkerTests {

	private static final String QUIET = "";

	private static final String SCHEDULING = "scheduling";

	private static final String MESSAGE_LISTENERS = "message-listeners";

	// The server starts as a lifecycle bean of its context.
	private static final String WEB_SERVER = "web-server,lifecycle";

	private static final Map<String, Map<?, ?>> WORKERS = new TreeMap<>();

	private static Map<String, Boolean> service;

	@BeforeAll
	static void runWorkers() throws Throwable {
		Map<String, String> settings;
		try (ConfigurableApplicationContext context = SpringApplication.run(StillApplication.class,
				"--spring.main.web-application-type=reactive", "--spring.config.name=small")) {
			service = context.getBean(Clerk.class).observe();
			WorkerSpec worker = WorkerSpec.builder().context(WorkerContext.APPLICATION).build();
			settings = context.getBean(WorkerSetupProvider.class)
				.setupFor(ExecutorSpec.builder("still").worker(worker).build())
				.settings();
		}
		for (String kept : List.of(QUIET, SCHEDULING, MESSAGE_LISTENERS, WEB_SERVER)) {
			WORKERS.put(kept, observe(settings, kept));
		}
	}

	@Test
	void serviceDoesItAll() {
		assertThat(service).isEqualTo(Map.of("quartz", true, "poller", true, "sessions", true, "server", true));
	}

	@Test
	void quietWorkerDoesNothingOfIt() {
		assertThat(WORKERS.get(QUIET))
			.isEqualTo(Map.of("quartz", false, "poller", false, "sessions", false, "server", false));
	}

	@Test
	void schedulerOfQuartzIsNotStarted() {
		assertOnlyWith(SCHEDULING, (worker) -> Boolean.TRUE.equals(worker.get("quartz")));
	}

	@Test
	void sessionsAreNotCleanedUp() {
		assertOnlyWith(SCHEDULING, (worker) -> Boolean.TRUE.equals(worker.get("sessions")));
	}

	@Test
	void nothingIsPolled() {
		assertOnlyWith(MESSAGE_LISTENERS, (worker) -> Boolean.TRUE.equals(worker.get("poller")));
	}

	@Test
	void reactiveServerDoesNotListen() {
		assertOnlyWith(WEB_SERVER, (worker) -> Boolean.TRUE.equals(worker.get("server")));
	}

	private static void assertOnlyWith(String kept, Predicate<Map<?, ?>> happens) {
		assertThat(happens.test(WORKERS.get(QUIET))).as("in the quiet worker").isFalse();
		assertThat(happens.test(WORKERS.get(kept))).as("in the worker without " + kept).isTrue();
	}

	private static Map<?, ?> observe(Map<String, String> settings, String kept) throws Throwable {
		System.setProperty(Exclusion.KEEP_PROPERTY, kept);
		try (SpringTargetResolver resolver = new SpringTargetResolver()) {
			resolver.start(new WorkerEnvironment("still", 1, List.of(), settings));
			Method method = Clerk.class.getDeclaredMethod("observe");
			MethodAddress address = new MethodAddress(InvocationTarget.Kind.BEAN, "clerk", Clerk.class.getName(),
					method.getName(), List.of());
			return (Map<?, ?>) resolver.resolve(address).invoke(null, new Object[0]);
		}
		finally {
			System.clearProperty(Exclusion.KEEP_PROPERTY);
		}
	}

	/**
	 * An application that does things by itself.
	 */
	@SpringBootConfiguration
	@EnableIntegration
	@ImportAutoConfiguration(WorkerContextAutoConfiguration.class)
	static class StillApplication {

		@Bean
		NettyReactiveWebServerFactory server() {
			return new NettyReactiveWebServerFactory(0);
		}

		@Bean
		HttpHandler httpHandler() {
			return (request, response) -> response.setComplete();
		}

		@Bean
		SchedulerFactoryBean scheduler() {
			return new SchedulerFactoryBean();
		}

		@Bean
		SourcePollingChannelAdapter poller() {
			SourcePollingChannelAdapter poller = new SourcePollingChannelAdapter();
			poller.setSource(() -> new GenericMessage<>("tick"));
			poller.setOutputChannelName(IntegrationContextUtils.NULL_CHANNEL_BEAN_NAME);
			poller.setTrigger(new PeriodicTrigger(Duration.ofMinutes(1)));
			return poller;
		}

		@Bean
		DataSource dataSource() {
			return new DriverManagerDataSource("jdbc:h2:mem:still");
		}

		@Bean
		JdbcIndexedSessionRepository sessions(DataSource dataSource) {
			return new JdbcIndexedSessionRepository(new JdbcTemplate(dataSource),
					new TransactionTemplate(new JdbcTransactionManager(dataSource)));
		}

		@Bean
		Clerk clerk(Scheduler scheduler, SourcePollingChannelAdapter poller, JdbcIndexedSessionRepository sessions,
				ApplicationContext context) {
			return new Clerk(scheduler, poller, context);
		}

	}

	/**
	 * Needs all of them, and tells what they do.
	 */
	static class Clerk {

		private final Scheduler scheduler;

		private final SourcePollingChannelAdapter poller;

		private final ApplicationContext context;

		Clerk(Scheduler scheduler, SourcePollingChannelAdapter poller, ApplicationContext context) {
			this.scheduler = scheduler;
			this.poller = poller;
			this.context = context;
		}

		Map<String, Boolean> observe() throws SchedulerException {
			return Map.of("quartz", this.scheduler.isStarted(), "poller", this.poller.isRunning(), "sessions",
					cleansUp(), "server", listens());
		}

		private static boolean cleansUp() {
			return Thread.getAllStackTraces()
				.keySet()
				.stream()
				.anyMatch((thread) -> thread.isAlive() && thread.getName().startsWith("spring-session-"));
		}

		private boolean listens() {
			WebServer server = (this.context instanceof ReactiveWebServerApplicationContext web) ? web.getWebServer()
					: null;
			return server != null && server.getPort() > 0;
		}

	}

}
