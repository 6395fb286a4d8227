package dev.offload.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import dev.offload.WorkerDeath;
import dev.offload.WorkerSpec;
import dev.offload.spi.OutputRedactor;
import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerShare;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartupCaching} and its files, without any JVM that makes one.
 */
class StartupCachingTests {

	private static final List<String> OPTIONS = List.of("-Xmx64m");

	private static final List<String> OTHER_OPTIONS = List.of("-Xmx64m", "-XX:+UseParallelGC");

	private final Logger logger = (Logger) LoggerFactory.getLogger(StartupCaching.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@TempDir
	private Path directory;

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
	}

	@Test
	void keyDiffersWhereReferencesAreNotCompressed() {
		WorkerSpec worker = WorkerSpec.builder().build();
		String small = key(worker, "-Xmx1g");
		assertThat(key(worker, "-Xmx" + 31L * 1024 * 1024 * 1024)).isEqualTo(small);
		assertThat(key(worker, "-Xmx64g", "-Xmx1g")).isEqualTo(small);
		assertThat(key(worker, "-Xmx1g", "-Xmx40G")).isNotEqualTo(small);
		assertThat(key(worker, "-Xmx" + 40L * 1024 * 1024 * 1024)).isEqualTo(key(worker, "-Xmx32768m"))
			.isNotEqualTo(small);
	}

	@Test
	void keyDiffersWithOptionsInVariablesAndDoesNotShowThem() {
		String none = key(WorkerSpec.builder().build());
		String tool = key(WorkerSpec.builder().environment(Map.of("JAVA_TOOL_OPTIONS", "-Dsecret=x")).build());
		String jdk = key(WorkerSpec.builder().environment(Map.of("JDK_JAVA_OPTIONS", "-Dsecret=x")).build());
		assertThat(List.of(none, tool, jdk)).doesNotHaveDuplicates().allMatch((key) -> key.matches("[0-9a-f]{24}"));
		assertThat(key(WorkerSpec.builder().environment(Map.of("OTHER", "x")).build())).isEqualTo(none);
	}

	@Test
	void makeWhenTheGroupEndsAsAWholeMakesNoneAndSaysSoOnce() throws Exception {
		Path file = Files.writeString(this.directory.resolve("memory.oom.group"), "1\n");
		StartupCaching caching = caching();
		assertThat(make(caching, OPTIONS)).isNull();
		assertThat(make(caching, OTHER_OPTIONS)).isNull();
		assertThat(messages()).singleElement().asString().contains(file + " is 1");
		Files.writeString(file, "0\n");
		close(make(caching, OPTIONS));
	}

	@Test
	void makeWhenTheTurnIsLostCanBeTriedAgain() throws Exception {
		StartupCaching caching = caching();
		StartupCacheMaking first = make(caching, OPTIONS);
		FutureTask<StartupCacheMaking> waiting = new FutureTask<>(() -> make(caching, OTHER_OPTIONS));
		Thread thread = new Thread(waiting, "waits-for-its-turn");
		thread.start();
		Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
		thread.interrupt();
		assertThat(waiting.get(10, TimeUnit.SECONDS)).isNull();
		close(first);
		close(make(caching, OTHER_OPTIONS));
		assertThat(messages()).isEmpty();
	}

	@Test
	void makeCountsThoseThatEndedByThemselvesOnly() throws Exception {
		StartupCaching caching = caching();
		for (int i = 0; i < 3; i++) {
			make(caching, OPTIONS).ended(death(true));
		}
		for (int i = 0; i < 2; i++) {
			make(caching, OPTIONS).ended(death(false));
		}
		assertThat(make(caching, OPTIONS)).isNull();
	}

	@Test
	void makeWhenTheDirectoryCannotBeMadeSaysSoOnceAndStartsGoOn() throws Exception {
		Path file = Files.createFile(this.directory.resolve("caches"));
		StartupCaching caching = caching();
		assertThat(make(caching, OPTIONS)).isNull();
		assertThat(make(caching, OPTIONS)).isNull();
		assertThat(caching.use(launch(), OPTIONS, List.of())).isSameAs(StartupCacheUse.NONE);
		assertThat(messages()).singleElement().asString().contains(file + " is not a directory");
	}

	@Test
	void findTellsOthersOfEachUse() throws Exception {
		StartupCaches caches = new StartupCaches(this.directory.resolve("caches"));
		Path file = made(caches, "a");
		FileTime old = FileTime.fromMillis(1_000_000_000_000L);
		Files.setLastModifiedTime(file, old);
		assertThat(caches.find("a")).isEqualTo(file);
		assertThat(Files.getLastModifiedTime(file)).isGreaterThan(old);
	}

	@Test
	void makeSweepsWhatWasUsedFirstButNothingOfThisService() throws Exception {
		Path own = this.directory.resolve("caches");
		StartupCaches caches = new StartupCaches(own);
		Path used = made(caches, "used");
		Files.setLastModifiedTime(used, FileTime.fromMillis(1_000_000_000_000L));
		StartupCaches others = new StartupCaches(own);
		Path unused = made(others, "unused");
		Files.setLastModifiedTime(unused, FileTime.fromMillis(1_000_000_000_001L));
		for (int i = 0; i < 14; i++) {
			made(others, "other" + i);
		}
		assertThat(unused).exists();
		made(caches, "new");
		assertThat(used).exists();
		assertThat(unused).exists();
		made(caches, "newer");
		assertThat(used).exists();
		assertThat(unused).doesNotExist();
	}

	private static Path made(StartupCaches caches, String key) throws IOException {
		StartupCaches.Making making = caches.make(key);
		Files.writeString(making.file(), key);
		return making.finish(true);
	}

	private static String key(WorkerSpec worker, String... options) {
		return StartupCacheKey.of(worker, List.of(options), List.of());
	}

	private static WorkerDeath death(boolean killed) {
		return new WorkerDeath(1, 1, null, "ended", List.of(), null, null,
				new WorkerDeath.Evidence(killed, null, null));
	}

	private static void close(StartupCacheMaking making) {
		assertThat(making).isNotNull();
		making.failed();
	}

	private StartupCaching caching() {
		return new StartupCaching(this.directory.resolve("caches"), StartupCacheKind.CLASS_DATA,
				new ControlGroup(this.directory, this.directory));
	}

	private StartupCacheMaking make(StartupCaching caching, List<String> options) {
		return caching.make(launch(), options, List.of());
	}

	private WorkerLaunch launch() {
		return new WorkerLaunch("pdf", 0, WorkerSpec.builder().build(), new WorkerShare(null, null), "Main",
				this.directory.resolve("s"), "token", this.directory, OutputRedactor.NONE);
	}

	private List<String> messages() {
		return this.log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}
