package dev.offload.pool;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.offload.OffloadExecutor;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerLogging;
import dev.offload.WorkerSpec;
import dev.offload.spi.WorkerLogEvent;
import dev.offload.worker.TestLogSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What is logged in a worker is logged in the service, whatever becomes of the worker and
 * however slow the log is.
 */
@Timeout(120)
class ForwardedLogIntegrationTests {

	private static final String LOGGER = "pool.logged";

	private static final int FLOOD = 100_000;

	private static final long TIME = 1_700_000_000_123L;

	private static OffloadExecutor executor;

	@BeforeAll
	static void start() {
		executor = create(WorkerLogging.FORWARD);
	}

	@AfterAll
	static void stop() {
		executor.closeNow();
	}

	@Test
	void eventArrivesWithAllThatItHad() throws Exception {
		try (LogRecords log = LogRecords.of(LOGGER)) {
			long pid = executor.call(Faults::pid);
			String printed = executor.call(() -> {
				Exception failure = failure();
				log("WARN", "first\nsecond {}", failure);
				return print(failure);
			});
			ILoggingEvent event = log.await("first");
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage()).isEqualTo("[pool " + pid + "] first\nsecond {}");
			assertThat(event.getThreadName()).isEqualTo("thread of the worker");
			assertThat(event.getMDCPropertyMap()).containsOnly(Map.entry("request", "4711"), Map.entry("secret", "***"),
					Map.entry("offload.executor", "pool"), Map.entry("offload.worker.pid", Long.toString(pid)),
					Map.entry("offload.worker.time", Instant.ofEpochMilli(TIME).toString()));
			Throwable standIn = ((ThrowableProxy) event.getThrowableProxy()).getThrowable();
			assertThat(withoutModules(print(standIn))).isEqualTo(withoutModules(printed));
			assertThat(withoutModules(ThrowableProxyUtil.asString(event.getThrowableProxy())))
				.contains("java.lang.IllegalStateException: outer", "Caused by: java.io.IOException: inner",
						"Suppressed: java.lang.IllegalArgumentException: aside")
				.doesNotContain("WorkerThrowable");
		}
	}

	@Test
	void eventBelowTheLevelOfTheServiceIsNotLogged() throws Exception {
		try (LogRecords log = LogRecords.of(LOGGER)) {
			executor.call(() -> {
				log("TRACE", "too low", null);
				log("DEBUG", "high enough", null);
				return 0;
			});
			log.await("high enough");
			assertThat(log.records()).hasSize(1);
		}
	}

	@Test
	void longTextsAreCutAndSaySo() throws Exception {
		try (LogRecords log = LogRecords.of(LOGGER)) {
			executor.call(() -> {
				Exception failure = new Exception("y".repeat(1_000_000));
				StackTraceElement[] stack = new StackTraceElement[100_000];
				for (int i = 0; i < stack.length; i++) {
					stack[i] = new StackTraceElement("a.b.C", "m" + i, "C.java", i);
				}
				failure.setStackTrace(stack);
				log("INFO", "x".repeat(500_000), failure);
				return 0;
			});
			ILoggingEvent event = log.await("xxx");
			assertThat(event.getFormattedMessage()).hasSizeLessThan(20_000).endsWith(" more characters)");
			String failure = ThrowableProxyUtil.asString(event.getThrowableProxy());
			assertThat(failure).hasSizeLessThan(50_000)
				.contains(" more characters)", "at a.b.C.m0(C.java:0)", "at offload.cut(99744 more)");
		}
	}

	@Test
	void secretsAreTakenOutOfMessageExceptionAndContext() throws Exception {
		try (LogRecords log = LogRecords.of(LOGGER)) {
			executor.call(() -> {
				log("INFO", "one\npassword hunter1", new Exception("hunter2", new Exception("hunter3")));
				return 0;
			});
			ILoggingEvent event = log.await("one\npassword ***");
			assertThat(event.getMDCPropertyMap()).containsEntry("secret", "***");
			assertThat(ThrowableProxyUtil.asString(event.getThrowableProxy())).contains("java.lang.Exception: ***")
				.doesNotContain("hunter");
		}
	}

	@Test
	void eventsOfAWorkerThatDiesAtOnceArriveAndAreInItsReport() throws Exception {
		try (LogRecords log = LogRecords.of(LOGGER)) {
			WorkerCrashException crash = catchThrowableOfType(WorkerCrashException.class, () -> executor.call(() -> {
				for (int i = 0; i < 20; i++) {
					log("INFO", "event " + i, null);
				}
				log("ERROR", "the last hunter4", new Exception("why"));
				return Faults.crashNatively();
			}));
			log.await("the last");
			assertThat(log.records()).hasSize(21);
			assertThat(crash.lastOutput()).contains("java.lang.Exception: why")
				.anySatisfy((line) -> assertThat(line)
					.isEqualTo(Instant.ofEpochMilli(TIME) + " INFO [thread of the worker] " + LOGGER + " - event 19"));
			assertThat(crash).hasMessageNotContaining("hunter");
			Files.delete(Path.of(String.valueOf(crash.errorFile())));
		}
	}

	@Test
	void eventsLoggedByAHookOfTheWorkerThatExitsArrive() throws Exception {
		try (LogRecords log = LogRecords.of(LOGGER)) {
			assertThat(catchThrowableOfType(WorkerCrashException.class, () -> executor.call(() -> {
				Runtime.getRuntime().addShutdownHook(new Thread(() -> log("INFO", "from the hook", null)));
				return Faults.exit(3);
			}))).isNotNull();
			assertThat(log.await("from the hook")).isNotNull();
		}
	}

	@Test
	void floodWhileTheLogIsStuckHoldsUpNoTaskAndIsCounted() throws Exception {
		try (LogRecords log = LogRecords.stuck(LOGGER); LogRecords counts = LogRecords.of("dev.offload.worker.pool")) {
			long pid = executor.call(Faults::pid);
			long grown = executor.call(() -> {
				long before = usedHeap();
				for (int i = 0; i < FLOOD; i++) {
					log("INFO", "event " + i, null);
				}
				log("ERROR", "the important one", null);
				return usedHeap() - before;
			});
			assertThat(grown).isLessThan(8L * 1024 * 1024);
			assertThat(log.records()).isEmpty();
			log.go();
			log.await("the important one");
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				long dropped = counts.records()
					.stream()
					.map(ILoggingEvent::getArgumentArray)
					.filter((arguments) -> arguments != null && arguments.length == 3)
					.map((arguments) -> arguments[2])
					.filter(Long.class::isInstance)
					.mapToLong(Long.class::cast)
					.sum();
				assertThat(log.records().size() + dropped).isEqualTo(FLOOD + 1);
				assertThat(dropped).isGreaterThan(FLOOD / 2);
			});
			assertThat(executor.call(Faults::pid)).isEqualTo(pid);
		}
	}

	@Test
	void workerThatIsToKeepItsLogConnectsNoLog() throws Exception {
		try (OffloadExecutor quiet = create(WorkerLogging.OFF)) {
			assertThat(quiet.call(
					() -> catchThrowableOfType(NullPointerException.class, () -> log("INFO", "unheard", null)) != null))
				.isTrue();
		}
	}

	private static OffloadExecutor create(WorkerLogging logging) {
		WorkerSpec worker = AbstractPool.worker()
			.jvmArgs(List.of("-D" + TestLogSource.PROPERTY + "=true"))
			.logging(logging)
			.build();
		return ProcessExecutorFactory.builder()
			.applicationPackages("dev.offload")
			.redactor((line) -> line.replaceAll("hunter\\d", "***"))
			.build()
			.create(AbstractPool.spec().worker(worker).build());
	}

	private static long usedHeap() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private static void log(String level, String message, @Nullable Throwable failure) {
		TestLogSource.log(new WorkerLogEvent(org.slf4j.event.Level.valueOf(level),
				new WorkerLogEvent.Origin(LOGGER, "thread of the worker", Instant.ofEpochMilli(TIME)), message,
				Map.of("request", "4711", "secret", "hunter0"), failure));
	}

	private static Exception failure() {
		Exception failure = new IllegalStateException("outer", new IOException("inner"));
		failure.addSuppressed(new IllegalArgumentException("aside"));
		return failure;
	}

	private static String print(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	private static String withoutModules(String stack) {
		return stack.replaceAll("(?m)at java.base/", "at ");
	}

}
